import { RotateCcw } from "lucide-react";
import { ActionForm } from "@/components/ui/action-form";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** Gets `connectionId`. */
  action: FormAction;
  connectionId: string;
  label: string;
  pendingLabel: string;
  isDisabled: boolean;
};

/** The button of a connection's card that has its check or its preparation done once more. */
export function AgainForm({ action, connectionId, label, pendingLabel, isDisabled }: Props) {
  return (
    <ActionForm action={action} hidden={{ connectionId }} className="grid justify-items-start gap-3">
      <FormError />
      <SubmitButton variant="secondary" size="small" pendingLabel={pendingLabel} disabled={isDisabled}>
        <RotateCcw aria-hidden className="size-4" />
        {label}
      </SubmitButton>
    </ActionForm>
  );
}

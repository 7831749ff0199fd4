import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** Gets `integrationId` and `companyIds`, none of them for all companies that lack it. */
  action: FormAction;
  integrationId: string;
  companyId?: string;
  pendingLabel: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  children: ReactNode;
};

/** Begins an activation in companies that are named beforehand. */
export function StartPlan({
  action,
  integrationId,
  companyId,
  pendingLabel,
  variant,
  size,
  children,
}: Props) {
  const hidden = { integrationId, ...(companyId && { companyIds: companyId }) };
  return (
    <ActionForm action={action} hidden={hidden} className="grid justify-items-start gap-2">
      <FormError />
      <SubmitButton variant={variant} size={size} pendingLabel={pendingLabel} className="whitespace-normal">
        {children}
      </SubmitButton>
    </ActionForm>
  );
}

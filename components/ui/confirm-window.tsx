"use client";
import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { ActionForm } from "./action-form";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { FormError } from "./form-error";
import type { FormAction } from "./form-state";
import { OVERLAY_CLASS, PANEL_CLASS } from "./panel-class";
import { SubmitButton } from "./submit-button";

export type ConfirmProps = {
  trigger: ReactNode;
  triggerVariant?: ButtonVariant;
  triggerSize?: ButtonSize;
  /** There, and not to be used now: one sees that it can be done. */
  isDisabled?: boolean;
  title: string;
  description: ReactNode;
  keepLabel: string;
  confirmLabel: string;
  /** `danger` when left out. */
  confirmVariant?: ButtonVariant;
  pendingLabel: string;
  action: FormAction;
  hidden: Record<string, string>;
  onOk?: () => void;
  /** Fields of the form. */
  children?: ReactNode;
};

type Props = Omit<ConfirmProps, "trigger" | "triggerVariant" | "triggerSize" | "isDisabled"> & {
  onOpenChange: (isOpen: boolean) => void;
};

/** The open window of a `ConfirmDialog`. */
export default function ConfirmWindow({ onOpenChange, onOk, ...props }: Props) {
  const finish = () => {
    onOpenChange(false);
    onOk?.();
  };
  return (
    <AlertDialog.Root open onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY_CLASS} />
        <AlertDialog.Content className={PANEL_CLASS}>
          <AlertDialog.Title className="text-lg font-semibold">{props.title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="pt-2 text-sm text-ink-soft">{props.description}</div>
          </AlertDialog.Description>
          <ActionForm action={props.action} hidden={props.hidden} onOk={finish} className="grid gap-4 pt-5">
            <FormError />
            {props.children}
            <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
              <AlertDialog.Cancel className={buttonClass("secondary")}>{props.keepLabel}</AlertDialog.Cancel>
              <SubmitButton variant={props.confirmVariant ?? "danger"} pendingLabel={props.pendingLabel}>
                {props.confirmLabel}
              </SubmitButton>
            </div>
          </ActionForm>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

"use client";
import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { ActionForm } from "./action-form";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { OVERLAY_CLASS, PANEL_CLASS } from "./dialog";
import { FormError } from "./form-error";
import type { FormAction } from "./form-state";
import { SubmitButton } from "./submit-button";

type Props = {
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

/** Asks before what cannot be undone. The focus starts on the way back. */
export function ConfirmDialog(props: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const finish = () => {
    setIsOpen(false);
    props.onOk?.();
  };
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <AlertDialog.Trigger
        disabled={props.isDisabled}
        className={buttonClass(props.triggerVariant ?? "secondary", props.triggerSize)}
      >
        {props.trigger}
      </AlertDialog.Trigger>
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

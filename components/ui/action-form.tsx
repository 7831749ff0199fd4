"use client";
import { type FormEvent, type ReactNode, useActionState, useEffect, useRef } from "react";
import { FormStateProvider } from "./form-context";
import { type FormAction, IDLE_FORM } from "./form-state";

type Props = {
  action: FormAction;
  /** Sent along as hidden inputs. */
  hidden?: Record<string, string>;
  className?: string;
  id?: string;
  onOk?: () => void;
  children: ReactNode;
};

/** React empties a form when its action is done. Ours keep what was typed: after an error it is still needed. */
const keepWhatWasTyped = (event: FormEvent) => event.preventDefault();

/** A form bound to a server action; fields and errors inside read its answer from context. */
export function ActionForm({ action, hidden = {}, className, id, onOk, children }: Props) {
  const [state, dispatch] = useActionState(action, IDLE_FORM);
  const whenOk = useRef(onOk);
  useEffect(() => {
    whenOk.current = onOk;
  });
  useEffect(() => {
    if (state.status === "ok") whenOk.current?.();
  }, [state]);
  return (
    <form id={id} action={dispatch} onReset={keepWhatWasTyped} noValidate className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormStateProvider value={state}>{children}</FormStateProvider>
    </form>
  );
}

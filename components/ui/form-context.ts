"use client";
import { createContext, useContext } from "react";
import { type FormState, IDLE_FORM } from "./form-state";

const FormStateContext = createContext<FormState>(IDLE_FORM);

export const FormStateProvider = FormStateContext.Provider;

export function useFormState(): FormState {
  return useContext(FormStateContext);
}

/** The message key of one field's error, or undefined. */
export function useFieldError(name: string): string | undefined {
  const state = useFormState();
  return state.status === "error" ? state.fieldErrors?.[name] : undefined;
}

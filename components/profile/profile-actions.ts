import type { FormAction } from "@/components/ui/form-state";

export type ProfileActions = {
  /** Gets `email`. */
  changeEmail: FormAction;
  cancelEmailChange: FormAction;
  /** Gets `confirmation`: the person's own address. */
  erase: FormAction;
};

/**
 * What a server action answers to a form. `code` is a key of `errors.*` in the message catalogue; `fieldErrors` maps a
 * field's name to a key of `errors.fields.*`; `retryAt` is when a limit lets the same through again (ISO time); `errorId` is what the log has a bug under. Words never travel through it.
 */
export type FormState =
  | { status: "idle" }
  | {
      status: "error";
      code: string;
      fieldErrors?: Record<string, string>;
      errorId?: string;
      retryAt?: string;
    }
  | { status: "ok" };

export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

/** For forms that only ever navigate away: sign out, change language, open another page. */
export type PlainFormAction = (data: FormData) => Promise<void>;

export const IDLE_FORM: FormState = { status: "idle" };

"use client";
import { type ReactNode, useActionState, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

/** Gets `file` and `text`; answers with what to show. */
type VerifyAction = (previous: ReactNode, data: FormData) => Promise<ReactNode>;
type VerifyWords = {
  file: string;
  fileHelp: string;
  text: string;
  textHelp: string;
  submit: string;
  pending: string;
  tooLarge: string;
};

type Props = { action: VerifyAction; words: VerifyWords; maxBytes: number };

/** A file is dropped or chosen, or text is pasted. What comes back is rendered by the server. */
export function VerifyForm({ action, words, maxBytes }: Props) {
  const [answer, dispatch] = useActionState(action, null);
  const [isTooLarge, setIsTooLarge] = useState(false);
  return (
    <div className="grid gap-6">
      <form action={dispatch} className="grid gap-5" noValidate>
        <div className="grid gap-1.5">
          <label htmlFor="verify-file" className="text-sm font-medium">
            {words.file}
          </label>
          <p id="verify-file-help" className="text-sm text-ink-soft">
            {words.fileHelp}
          </p>
          <Input
            id="verify-file"
            name="file"
            type="file"
            accept=".json,application/json"
            aria-describedby="verify-file-help"
            className="border-dashed py-6 file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm"
            onChange={({ target }) => setIsTooLarge((target.files?.[0]?.size ?? 0) > maxBytes)}
          />
        </div>
        <div className="grid gap-1.5">
          <label htmlFor="verify-text" className="text-sm font-medium">
            {words.text}
          </label>
          <p id="verify-text-help" className="text-sm text-ink-soft">
            {words.textHelp}
          </p>
          <Textarea
            id="verify-text"
            name="text"
            spellCheck={false}
            autoComplete="off"
            maxLength={maxBytes}
            aria-describedby="verify-text-help"
            className="font-mono text-xs"
          />
        </div>
        {isTooLarge && <Alert tone="danger" title={words.tooLarge} />}
        <div>
          <SubmitButton pendingLabel={words.pending} disabled={isTooLarge}>
            {words.submit}
          </SubmitButton>
        </div>
      </form>
      <div aria-live="polite">{answer}</div>
    </div>
  );
}

"use client";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { FormStateProvider } from "@/components/ui/form-context";
import { FormError } from "@/components/ui/form-error";
import { type FormState, IDLE_FORM } from "@/components/ui/form-state";
import { CONTROL_CLASS } from "@/components/ui/input";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { MOST_BYTES } from "@/lib/connection/import/rules";
import type { ImportPreview, ImportProblem, RecordProblem } from "@/lib/connection/import/schema";
import { findCauseKey } from "./cause-key";
import { useEntityWords } from "./use-entity-words";

/** What the server says of a file: looked at, not to be read, or an error of the form. */
export type ImportAnswer =
  | FormState
  | { status: "problems"; problems: ImportProblem[] }
  | { status: "preview"; preview: ImportPreview };

type Props = {
  entity: string;
  connector: { id: string; name: string };
  /** The names of all columns, for an empty file. */
  columns: readonly string[];
  /** Gets `file`; with `fingerprint` too the file is imported, and the page changes. */
  send: (previous: ImportAnswer, data: FormData) => Promise<ImportAnswer>;
};

const DELIMITERS = {
  ";": "delimiters.semicolon",
  ",": "delimiters.comma",
  "\t": "delimiters.tab",
  "|": "delimiters.bar",
} as const;

const TOO_LARGE: ImportAnswer = { status: "problems", problems: [{ code: "too_large" }] };
const isTooLarge = (file: FormDataEntryValue | null): boolean =>
  file instanceof File && file.size > MOST_BYTES;

/** Hands a text made in the page over as a file. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function Problems({ problems }: { problems: ImportProblem[] }) {
  const t = useTranslations("deliveries.import.fileProblems");
  return (
    <Alert tone="danger" title={t("title")}>
      <ul className="grid gap-1">
        {problems.map(({ code, detail }) => {
          const key = code === "column_unknown" && detail?.meant ? "column_meant" : code;
          return <li key={`${code} ${detail?.column ?? ""}`}>{t(key, detail)}</li>;
        })}
      </ul>
    </Alert>
  );
}

function useProblemWords(connector: Props["connector"]) {
  const t = useTranslations();
  return ({ cause, isOfFile }: RecordProblem): string => {
    const key = findCauseKey(t.has, { connectorId: connector.id, cause, isOfFile }, "title");
    return t.has(key) ? t(key, { connector: connector.name }) : cause;
  };
}

function Preview({ preview, connector }: { preview: ImportPreview; connector: Props["connector"] }) {
  const t = useTranslations("deliveries.import");
  const entities = useEntityWords(connector.id);
  const say = useProblemWords(connector);
  const { entity, fileName, good, bad, shown, records, rejected, delimiter, encoding } = preview;
  return (
    <div className="grid gap-4">
      <Alert
        tone={bad === 0 ? "success" : good === 0 ? "danger" : "warning"}
        role="status"
        title={t("result", { good, bad })}
      >
        <p>
          {t("read", {
            encoding: encoding.toUpperCase(),
            delimiter: t(DELIMITERS[delimiter]),
          })}
        </p>
        {bad > 0 && <p>{good === 0 ? t("allBad") : t("badStay")}</p>}
      </Alert>
      {rejected !== null && (
        <div>
          <Button
            variant="secondary"
            size="small"
            onClick={() => download(fileName.replace(/(\.[^.]*)?$/, ".rejected.csv"), rejected)}
          >
            {t("rejectedFile")}
          </Button>
        </div>
      )}
      <div className="overflow-x-auto rounded-lg border border-line">
        <table className="w-full min-w-96 text-left text-sm">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              <th className="px-3 py-2 font-medium">{t("line")}</th>
              <th className="px-3 py-2 font-medium">{t("key")}</th>
              <th className="px-3 py-2 font-medium">{t("problem")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map(({ line, key, problems }) => (
              <tr key={line} className="align-top">
                <td className="px-3 py-2 tabular-nums">{line}</td>
                <td className="px-3 py-2 wrap-anywhere">{key ?? "–"}</td>
                <td className="px-3 py-2">
                  {problems.length === 0 ? (
                    <StatusPill tone="success">{t("fine")}</StatusPill>
                  ) : (
                    <ul className="grid gap-0.5">
                      {problems.map((problem) => (
                        <li key={`${problem.field} ${problem.cause}`} className="text-danger-text">
                          {problem.field && (
                            <span className="font-medium">{entities.field(entity, problem.field)}: </span>
                          )}
                          {say(problem)}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {records > shown.length && (
        <p className="text-sm text-ink-soft">{t("firstOnly", { count: shown.length })}</p>
      )}
    </div>
  );
}

/** A file is looked at first, and imported as it was looked at. */
export function ImportForm({ entity, connector, columns, send }: Props) {
  const t = useTranslations("deliveries.import");
  const [answer, dispatch, isPending] = useActionState<ImportAnswer, FormData>(
    // The server takes no body beyond it, and could not say why.
    (previous, data) => (isTooLarge(data.get("file")) ? TOO_LARGE : send(previous, data)),
    IDLE_FORM,
  );
  const form = useRef<HTMLFormElement>(null);
  const look = () => {
    if (form.current) {
      const data = new FormData(form.current);
      data.delete("fingerprint");
      startTransition(() => dispatch(data));
    }
  };
  const preview = answer.status === "preview" ? answer.preview : null;
  const state = answer.status === "preview" || answer.status === "problems" ? IDLE_FORM : answer;
  return (
    <form ref={form} action={dispatch} onReset={(event) => event.preventDefault()}>
      <FormStateProvider value={state}>
        <CardSection id="file" title={t("file")} intro={t("fileHelp")}>
          <div className="grid gap-4">
            <FormError />
            <div className="flex flex-wrap items-center gap-3">
              <input
                type="file"
                name="file"
                accept=".csv,.txt,text/csv,text/plain"
                aria-labelledby="file"
                required
                onChange={look}
                className={`${CONTROL_CLASS} h-auto max-w-full py-1.5 file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink`}
              />
              {preview === null && (
                <SubmitButton variant="secondary" pendingLabel={t("looking")}>
                  {t("look")}
                </SubmitButton>
              )}
              <Button
                variant="quiet"
                size="small"
                onClick={() => download(`${entity}.csv`, `\ufeff${columns.join(";")}\r\n`)}
              >
                {t("sample")}
              </Button>
            </div>
            {answer.status === "problems" && <Problems problems={answer.problems} />}
            {preview && <Preview preview={preview} connector={connector} />}
            {preview && preview.good > 0 && (
              <div>
                <input type="hidden" name="fingerprint" value={preview.fingerprint} />
                <SubmitButton pendingLabel={isPending ? t("starting") : t("looking")}>
                  {t("start", { count: preview.good })}
                </SubmitButton>
              </div>
            )}
          </div>
        </CardSection>
      </FormStateProvider>
    </form>
  );
}

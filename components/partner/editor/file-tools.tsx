"use client";
import { Download, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import type { FileFault } from "@/lib/partner/specification/schema";

export type ReadFile = (
  data: FormData,
) => Promise<{ kind: "read"; content: DraftContent } | { kind: "faulty"; faults: FileFault[] }>;

type Props = {
  fileHref: string;
  mayEdit: boolean;
  readFile: ReadFile;
  onRead: (content: DraftContent) => void;
};

function Faults({ faults }: { faults: readonly FileFault[] }) {
  const t = useTranslations("editor.file");
  return (
    <Alert tone="danger" title={t("faulty", { count: faults.length })}>
      <ul className="grid max-h-64 gap-1.5 overflow-y-auto pt-1">
        {faults.map(({ line, path, message }) => (
          <li key={`${line} ${path} ${message}`}>
            {line !== null && <span className="tabular-nums">{t("line", { line })} </span>}
            <code className="text-xs wrap-anywhere">{path}</code> {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** The draft as the file that `npm run integration:import` takes: out, and in again. */
export function FileTools({ fileHref, mayEdit, readFile, onRead }: Props) {
  const t = useTranslations("editor.file");
  const [isOpen, setOpen] = useState(false);
  const [state, setState] = useState<"idle" | "reading" | "failed" | FileFault[]>("idle");
  const input = useRef<HTMLInputElement>(null);
  const read = async () => {
    const file = input.current?.files?.[0];
    if (!file) return;
    setState("reading");
    const data = new FormData();
    data.set("file", file);
    try {
      const answer = await readFile(data);
      if (answer.kind === "faulty") return setState(answer.faults);
      onRead(answer.content);
      setState("idle");
      setOpen(false);
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <a href={fileHref} download className={buttonClass("quiet", "small")}>
        <Download aria-hidden className="size-4" />
        {t("download")}
      </a>
      {mayEdit && (
        <Button variant="quiet" size="small" onClick={() => setOpen(true)}>
          <Upload aria-hidden className="size-4" />
          {t("upload")}
        </Button>
      )}
      <Dialog
        isOpen={isOpen}
        onOpenChange={(next) => {
          setOpen(next);
          setState("idle");
        }}
        title={t("title")}
        description={t("body")}
      >
        <div className="grid gap-4">
          <label className="grid gap-1.5 text-sm font-medium">
            {t("label")}
            <input ref={input} type="file" accept="application/json,.json" className="text-sm font-normal" />
          </label>
          {Array.isArray(state) && <Faults faults={state} />}
          {state === "failed" && <Alert tone="danger">{t("failed")}</Alert>}
          <div className="flex justify-end">
            <Button onClick={read} disabled={state === "reading"}>
              {t(state === "reading" ? "reading" : "read")}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

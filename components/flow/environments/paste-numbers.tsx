"use client";
import { ClipboardList } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { matchNumbers } from "@/lib/core/match-numbers";
import { useVendorWords } from "../use-vendor-words";
import { PasteResult } from "./paste-result";

type Props = {
  connectorId: string;
  options: readonly EnvironmentOption[];
  onPick: (ids: string[]) => void;
};

/** Ticks environments by a pasted list of organization numbers, e.g. a column of a spreadsheet. */
export function PasteNumbers({ connectorId, options, onPick }: Props) {
  // A number has another name where the vendor's customers are.
  const t = useVendorWords(connectorId, "environments.paste");
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState("");
  const matches = matchNumbers(options, text);
  const pick = () => {
    onPick(matches.matched.map((option) => option.candidateId));
    setIsOpen(false);
    setText("");
  };
  return (
    <>
      <Button variant="secondary" onClick={() => setIsOpen(true)}>
        <ClipboardList aria-hidden className="size-4" />
        {t("open")}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title={t("title")} description={t("description")}>
        <div className="grid gap-4">
          <Field name="organization-numbers" label={t("label")} isRequired>
            <Textarea
              value={text}
              rows={6}
              placeholder={t("placeholder")}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          {text.trim() !== "" && <PasteResult matches={matches} />}
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button variant="secondary" onClick={() => setIsOpen(false)}>
              {t("cancel")}
            </Button>
            <Button disabled={matches.matched.length === 0} onClick={pick}>
              {t("tick", { count: matches.matched.length })}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { groupByArea } from "@/components/flow/rights/group-by-area";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { CONTROL_CLASS } from "@/components/ui/input";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { DraftContent, DraftText } from "@/lib/catalogue/draft/schema";
import { ACCESS_KINDS } from "@/lib/catalogue/integration/schema";
import { controlId, useEditor, useValue } from "../editor-context";
import { LineField, Problems, SelectField, TextField } from "../editor-field";
import { Section } from "./section";

/** A right of the connector's catalogue. */
export type RightChoice = { path: string; levels: readonly string[]; limits: boolean };
type Right = { path: string; level: string; reason: DraftText };

function PickedRight({ right, index, levels }: { right: Right; index: number; levels: readonly string[] }) {
  const t = useTranslations("editor.technicalUser");
  const { connectorId, mayEdit, problems } = useEditor();
  const words = useRightWords(connectorId);
  const [rights, change] = useValue<Right[]>("technicalUser.rights");
  const path = `technicalUser.rights.${index}`;
  return (
    <li
      id={controlId(`${path}.path`)}
      tabIndex={-1}
      className="grid gap-3 rounded-lg border border-line p-3 sm:p-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="min-w-0 text-sm font-semibold wrap-anywhere">
          {words.right(right.path)}{" "}
          <code className="block text-xs font-normal text-ink-soft">{right.path}</code>
        </p>
        {mayEdit && (
          <Button
            variant="quiet"
            size="small"
            onClick={() => change(rights.filter((_, other) => other !== index))}
          >
            <Trash2 aria-hidden className="size-4" />
            {t("remove")}
            <VisuallyHidden> {words.right(right.path)}</VisuallyHidden>
          </Button>
        )}
      </div>
      <Problems id={`problems-${path}`} problems={problems.filter((one) => one.path === `${path}.path`)} />
      <div className="grid gap-3 sm:grid-cols-[12rem_minmax(0,1fr)]">
        <SelectField
          path={`${path}.level`}
          label={t("level")}
          choices={[...new Set([...levels, right.level])].map((value) => ({
            value,
            label: words.level(value),
          }))}
        />
        <TextField path={`${path}.reason`} label={t("reason")} maxLength={240} rows={2} />
      </div>
    </li>
  );
}

/** What is left of the catalogue, found by the words or by the vendor's own name. */
function Catalogue({ catalogue }: { catalogue: readonly RightChoice[] }) {
  const t = useTranslations("editor.technicalUser");
  const { connectorId } = useEditor();
  const words = useRightWords(connectorId);
  const [rights, change] = useValue<Right[]>("technicalUser.rights");
  const [wanted, setWanted] = useState("");
  const [news, setNews] = useState("");
  const found = catalogue.filter(
    ({ path }) =>
      !rights.some((right) => right.path === path) &&
      `${words.right(path)} ${path}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const add = ({ path, levels, limits }: RightChoice) => {
    // One below the most, which usually reads: what is more has to be meant. A limitation is added to limit.
    const level = levels.at(limits ? -1 : -2) ?? levels.at(-1) ?? "";
    change([...rights, { path, level, reason: {} }]);
    setNews(t("added", { right: words.right(path) }));
  };
  return (
    <Disclosure summary={t("add")} isOpen={rights.length === 0}>
      <div className="grid gap-3 rounded-lg border border-line bg-sunken p-3">
        <input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className={CONTROL_CLASS}
        />
        <div className="grid max-h-80 gap-3 overflow-y-auto">
          {found.length === 0 && <p className="text-sm text-ink-soft">{t("none")}</p>}
          {groupByArea(found).map(({ area, rights: listed }) => (
            <div key={area}>
              {area !== "" && <p className="pb-1 text-xs font-medium text-ink-soft">{words.area(area)}</p>}
              <ul className="grid">
                {listed.map((right) => (
                  <li key={right.path}>
                    <button
                      type="button"
                      onClick={() => add(right)}
                      className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-surface pointer-coarse:min-h-11"
                    >
                      <Plus aria-hidden className="size-4 shrink-0 text-accent-text" />
                      <span className="min-w-0">
                        <VisuallyHidden>{t("addOne")} </VisuallyHidden>
                        {words.right(right.path)}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
        <p aria-live="polite" className="sr-only">
          {news}
        </p>
      </div>
    </Disclosure>
  );
}

/** The ways in which the partner's software gets at the customer's data here. */
function AccessKinds() {
  const t = useTranslations("editor.technicalUser");
  const { connectorName: connector } = useEditor();
  const [kinds, change] = useValue<DraftContent["access"]>("access");
  return (
    <fieldset id={controlId("access")} tabIndex={-1} className="grid gap-2">
      <legend className="sr-only">{t("access")}</legend>
      {ACCESS_KINDS.map((kind) => (
        <label key={kind} htmlFor={`access-${kind}`} className="flex items-start gap-3 text-sm">
          <Checkbox
            id={`access-${kind}`}
            checked={kinds.includes(kind)}
            onChange={({ target }) =>
              change(target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
            }
          />
          {t(`accessKinds.${kind}`, { connector })}
        </label>
      ))}
    </fieldset>
  );
}

/** The name under which the integration acts, and what it may do: only what the connector knows. */
export function TechnicalUserSection({ catalogue }: { catalogue: readonly RightChoice[] }) {
  const t = useTranslations("editor.technicalUser");
  const { mayEdit, problems } = useEditor();
  const [rights] = useValue<Right[]>("technicalUser.rights");
  return (
    <>
      <Section title={t("title")} intro={t("intro")}>
        <LineField
          path="technicalUser.username"
          label={t("username")}
          help={t("usernameHelp")}
          maxLength={80}
        />
      </Section>
      <Section title={t("rights", { count: rights.length })} intro={t("rightsIntro")}>
        <div id={controlId("technicalUser.rights")} tabIndex={-1} className="grid gap-3">
          <Problems
            id="problems-technicalUser"
            problems={problems.filter(
              ({ path }) => path === "technicalUser" || path === "technicalUser.rights",
            )}
          />
          {rights.length > 0 && (
            <ul className="grid gap-3">
              {rights.map((right, index) => (
                <PickedRight
                  key={right.path}
                  right={right}
                  index={index}
                  levels={catalogue.find(({ path }) => path === right.path)?.levels ?? []}
                />
              ))}
            </ul>
          )}
          {mayEdit && <Catalogue catalogue={catalogue} />}
        </div>
      </Section>
      <Section title={t("access")} intro={t("accessIntro")}>
        <AccessKinds />
      </Section>
    </>
  );
}

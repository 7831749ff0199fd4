"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MonitoredList } from "@/lib/partner/monitoring/lists";
import type { SavedView } from "@/lib/partner/monitoring/schema";

type Props = {
  list: MonitoredList;
  /** The list's own address, without a query. */
  href: string;
  /** The filter as it stands in the address; empty: nothing is narrowed. */
  query: string;
  views: SavedView[];
  /** Gets `list`, `name` and `query`. */
  save: FormAction;
  /** Gets `viewId`. */
  remove: FormAction;
  /** Where the list of the same filter is downloaded, with what to say of it; absent where there is no file. */
  file?: { href: string; limit: number };
};

function View({
  view,
  isHere,
  href,
  remove,
}: { view: SavedView; isHere: boolean } & Pick<Props, "href" | "remove">) {
  const t = useTranslations("partner.views");
  return (
    <li className="flex max-w-full items-center rounded-full border border-line-strong bg-surface text-sm">
      <Link
        href={`${href}?${view.query}`}
        aria-current={isHere ? "page" : undefined}
        className={`truncate rounded-l-full py-1 pr-1 pl-3 hover:bg-sunken pointer-coarse:py-2.5 ${isHere ? "font-medium" : ""}`}
      >
        {view.name}
      </Link>
      <ActionForm action={remove} hidden={{ viewId: view.id }}>
        <button
          type="submit"
          aria-label={t("remove", { name: view.name })}
          className="grid size-8 place-items-center rounded-r-full text-ink-soft hover:bg-sunken hover:text-ink pointer-coarse:size-11"
        >
          <X aria-hidden className="size-4" />
        </button>
        <FormError />
      </ActionForm>
    </li>
  );
}

function SaveView({
  list,
  query,
  save,
  onSaved,
}: Pick<Props, "list" | "query" | "save"> & { onSaved: () => void }) {
  const t = useTranslations("partner.views");
  return (
    <ActionForm
      action={save}
      hidden={{ list, query }}
      onOk={onSaved}
      className="grid w-full gap-3 sm:max-w-md"
    >
      <FormError />
      <Field name="name" label={t("name")} isRequired>
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <div>
        <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
          {t("save")}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** The member's own filters by name, keeping the one that is in force, and the file of it. */
export function SavedViews({ list, href, query, views, save, remove, file }: Props) {
  const t = useTranslations("partner.views");
  const [isNaming, setIsNaming] = useState(false);
  const canSave = query !== "" && views.every((view) => view.query !== query);
  return (
    <div className="grid gap-3">
      {views.length > 0 && (
        <ul aria-label={t("label")} className="flex flex-wrap gap-2">
          {views.map((view) => (
            <View key={view.id} view={view} isHere={view.query === query} href={href} remove={remove} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
        {canSave && !isNaming && (
          <Button variant="secondary" size="small" onClick={() => setIsNaming(true)}>
            {t("open")}
          </Button>
        )}
        {canSave && isNaming && (
          <SaveView list={list} query={query} save={save} onSaved={() => setIsNaming(false)} />
        )}
        {file && (
          <span className="text-ink-soft">
            <a href={file.href} className="font-medium text-accent-text underline underline-offset-3">
              {t("file")}
            </a>
            , {t("fileLimit", { limit: file.limit })}
          </span>
        )}
      </div>
    </div>
  );
}

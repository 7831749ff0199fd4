import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ApiField, ApiOperation, ApiReference as Reference } from "@/lib/partner/api/reference";

const slugOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
const CODE = "font-mono text-[0.8125rem] break-words";
const CELL = "py-2 pr-4 align-top";

/** A table that scrolls by itself where the page is too narrow for it. */
function Table({ label, head, children }: { label: string; head: string[]; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by the keyboard (axe: scrollable-region-focusable)
    <section className="overflow-x-auto" tabIndex={0} aria-label={label}>
      <table className="w-full min-w-[32rem] text-left text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            {head.map((name) => (
              <th key={name} scope="col" className={`${CELL} font-medium`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function Fields({ label, fields }: { label: string; fields: ApiField[] }) {
  const t = useTranslations("apiDocs");
  if (fields.length === 0) return null;
  const hasMeanings = fields.some(({ meaning }) => meaning !== "");
  const head = [t("name"), t("type"), ...(hasMeanings ? [t("meaning")] : [])];
  return (
    <div className="grid gap-1">
      <p className="text-sm font-medium">{label}</p>
      <Table label={label} head={head}>
        {fields.map((field) => (
          <tr key={`${field.place} ${field.name}`} className="border-b border-line last:border-0">
            <th scope="row" className={`${CELL} font-normal`}>
              <span className={CODE}>{field.name}</span>
              {field.isRequired && <span className="block text-xs text-ink-soft">{t("required")}</span>}
            </th>
            <td className={CELL}>
              <span className={CODE}>{field.type}</span>
              {field.place && (
                <span className="block text-xs text-ink-soft">{t("in", { place: field.place })}</span>
              )}
            </td>
            {hasMeanings && (
              <td className={`${CELL} pr-0`} lang="en">
                {field.meaning}
              </td>
            )}
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Operation({ operation, isEvent = false }: { operation: ApiOperation; isEvent?: boolean }) {
  const t = useTranslations("apiDocs");
  const data = operation.body.filter(({ name }) => name.startsWith("data."));
  return (
    <article id={operation.id} className="grid scroll-mt-20 gap-3 border-t border-line pt-5">
      <h3 className="grid gap-1 text-base font-semibold">
        <span lang="en">{operation.summary}</span>
        <span className={`${CODE} font-normal`}>
          {isEvent ? operation.path : `${operation.method} ${operation.path}`}
        </span>
      </h3>
      {operation.description && (
        <p className="text-sm" lang="en">
          {operation.description}
        </p>
      )}
      {!isEvent && (
        <p className="text-sm text-ink-soft">
          {operation.scope ? (
            <>
              {t("scope")}: <span className={CODE}>{operation.scope}</span>
            </>
          ) : (
            t("noScope")
          )}
        </p>
      )}
      {isEvent ? (
        <Fields label={t("data")} fields={data} />
      ) : (
        <>
          <Fields label={t("parameters")} fields={operation.parameters} />
          <Fields label={t("body")} fields={operation.body} />
          <p className="text-sm font-medium">{t("answers")}</p>
          <Table label={`${t("answers")}: ${operation.id}`} head={[t("status"), t("type"), t("meaning")]}>
            {operation.answers.map((answer) => (
              <tr key={answer.status} className="border-b border-line last:border-0">
                <th scope="row" className={`${CELL} ${CODE}`}>
                  {answer.status}
                </th>
                <td className={`${CELL} ${CODE}`}>{answer.shape}</td>
                <td className={`${CELL} pr-0`} lang="en">
                  {answer.meaning}
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </article>
  );
}

/** The API's description, drawn by the server: nothing of it is fetched from elsewhere. */
export function ApiReference({ reference }: { reference: Reference }) {
  const t = useTranslations("apiDocs");
  const sections = [...reference.tags, t("events"), t("schemas")];
  return (
    <div className="grid min-w-0 gap-10">
      <nav aria-label={t("contents")}>
        <ul className="flex flex-wrap gap-x-4 gap-y-2 text-sm">
          {sections.map((name) => (
            <li key={name}>
              <a className="underline underline-offset-2" href={`#${slugOf(name)}`}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {reference.tags.map((tag) => (
        <section key={tag} id={slugOf(tag)} className="grid min-w-0 scroll-mt-20 gap-5">
          <h2 className="text-xl font-semibold" lang="en">
            {tag}
          </h2>
          {reference.operations
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <Operation key={operation.id} operation={operation} />
            ))}
        </section>
      ))}
      <section id={slugOf(t("events"))} className="grid min-w-0 scroll-mt-20 gap-5">
        <h2 className="text-xl font-semibold">{t("events")}</h2>
        {reference.events.map((event) => (
          <Operation key={event.id} operation={event} isEvent />
        ))}
      </section>
      <section id={slugOf(t("schemas"))} className="grid min-w-0 scroll-mt-20 gap-5">
        <h2 className="text-xl font-semibold">{t("schemas")}</h2>
        {reference.schemas.map((schema) => (
          <article
            key={schema.name}
            id={slugOf(schema.name)}
            className="grid scroll-mt-20 gap-3 border-t border-line pt-5"
          >
            <h3 className={`${CODE} font-semibold`}>{schema.name}</h3>
            <Fields label={schema.name} fields={schema.fields} />
          </article>
        ))}
      </section>
    </div>
  );
}

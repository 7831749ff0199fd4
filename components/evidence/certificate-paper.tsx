import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { Certificate, ToldPersons } from "@/lib/connection/evidence/schema";

type Part = { document: Certificate; persons: ToldPersons };

/** Words of a closed list; what a later version of the portal has added stands as it is. */
function useListed(namespace: string) {
  const t = useTranslations(`evidence.certificate.${namespace}`);
  return (key: string, values?: Record<string, string>) => (t.has(key) ? t(key, values) : key);
}

function Facts({ document, persons }: Part) {
  const t = useTranslations("evidence.certificate");
  const { integration, partner, connector, environment, connection, asked } = document;
  return (
    <CardSection id="facts" title={t("facts")}>
      <DescriptionList>
        <Description term={t("company")}>
          {environment.name}
          <span className="text-ink-soft tabular-nums">
            {" "}
            · {environment.businessId ?? environment.externalId}
          </span>
        </Description>
        <Description term={t("integration")}>
          {t("integrationBy", { integration: integration.name, partner, connector: connector.name })}
          {integration.stage === "test" && <span className="block text-ink-soft">{t("testStage")}</span>}
        </Description>
        <Description term={t("activeSince")}>
          <Time at={connection.activeSince} isZoned />
        </Description>
        <Description term={t("asked")}>
          {t.rich("askedBy", {
            by: asked.by,
            partner,
            who: persons.askedBy?.value ?? "none",
            time: () => <Time at={asked.at} isZoned />,
          })}
          {persons.reason && (
            <span className="block wrap-anywhere">{t("reason", { reason: persons.reason.value })}</span>
          )}
        </Description>
        <Description term={t("connectionId")}>
          <code className="text-xs wrap-anywhere">{connection.id}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}

function Held({ document }: Pick<Part, "document">) {
  const t = useTranslations("evidence.certificate");
  const what = useListed("what");
  const outcome = useListed("outcomes");
  const { held, key, connector, looked } = document;
  return (
    <CardSection id="held" title={t("held")} intro={t("heldIntro")}>
      <DescriptionList>
        {held.map((one) => (
          <Description key={one.what} term={what(one.what, { source: key.source })}>
            {one.since && (
              <span className="block">
                {t.rich("since", { time: () => <Time at={one.since ?? ""} isZoned /> })}
              </span>
            )}
            {t.rich("destroyed", { time: () => <Time at={one.destroyedAt} isZoned /> })}
          </Description>
        ))}
        <Description term={t("keyAtVendor", { connector: connector.name })}>
          {outcome(key.outcome, { connector: connector.name })}
        </Description>
        <Description term={t("looked")}>
          {t.rich("lookedFound", {
            count: looked.dataKeys + looked.secrets,
            time: () => <Time at={looked.at} isZoned />,
          })}
        </Description>
        {document.exports && (
          <Description term={t("exports")}>
            {document.exports.map(({ askedAt, endsAt, goneAt }) => (
              <span key={askedAt} className="block">
                {t.rich(goneAt ? "exportGone" : "exportLives", {
                  asked: () => <Time at={askedAt} isZoned />,
                  ends: () => <Time at={endsAt} isZoned />,
                  gone: () => <Time at={goneAt ?? endsAt} isZoned />,
                })}
              </span>
            ))}
          </Description>
        )}
        <Description term={t("backups")}>
          {document.backups
            ? t.rich("backupsUntil", {
                days: document.backups.keptForDays,
                time: () => <Time at={document.backups?.until ?? ""} precision="date" />,
              })
            : t("backupsUnknown")}
        </Description>
        <Description term={t("stays")}>{t("staysWhat")}</Description>
      </DescriptionList>
    </CardSection>
  );
}

function Steps({ document }: Pick<Part, "document">) {
  const t = useTranslations("evidence.certificate");
  const step = useListed("steps");
  const values = { connector: document.connector.name };
  return (
    <CardSection id="steps" title={t("done")}>
      <ol className="grid gap-3 border-l-2 border-line pl-4 text-sm">
        {document.steps.map(({ kind, at }) => (
          <li key={kind} className="grid gap-0.5">
            <span className="font-medium">{step(kind, values)}</span>
            <span className="text-ink-soft">
              <Time at={at} isZoned />
            </span>
          </li>
        ))}
      </ol>
    </CardSection>
  );
}

function Rows({ document }: Pick<Part, "document">) {
  const t = useTranslations("evidence.certificate");
  const state = useListed("rowStates");
  const rows = Object.entries(document.rows);
  const { pauses, onItsWay } = document;
  return (
    <CardSection id="rows" title={t("underWay")} intro={t("underWayIntro")}>
      <DescriptionList>
        {onItsWay && <OnItsWay onItsWay={onItsWay} />}
        {rows.length === 0 ? (
          <Description term={t("rows")}>{t("noRows")}</Description>
        ) : (
          rows.map(([name, count]) => (
            <Description key={name} term={state(name)}>
              <span className="tabular-nums">{count}</span>
            </Description>
          ))
        )}
        {pauses.length > 0 && (
          <Description term={t("pauses")}>
            <ul>
              {pauses.map(({ since, until }) => (
                <li key={since}>
                  <Time at={since} isZoned /> – {until ? <Time at={until} isZoned /> : t("untilEnd")}
                </li>
              ))}
            </ul>
          </Description>
        )}
      </DescriptionList>
    </CardSection>
  );
}

/** What had left or waited at the moment when calls had stopped. */
function OnItsWay({ onItsWay }: { onItsWay: NonNullable<Certificate["onItsWay"]> }) {
  const t = useTranslations("evidence.certificate");
  const end = useListed("callEnds");
  const calls = Object.entries(onItsWay.calls).map(([name, count]) => end(name, { count: String(count) }));
  return (
    <>
      <Description term={t("calls")}>{calls.length === 0 ? t("noRows") : calls.join(" · ")}</Description>
      <Description term={t("cancelledRows")}>
        <span className="tabular-nums">{onItsWay.rows.cancelled}</span>
      </Description>
      <Description term={t("unknownRows")}>
        <span className="tabular-nums">{onItsWay.rows.unknown}</span>
      </Description>
      <Description term={t("files")}>
        <span className="tabular-nums">{onItsWay.files}</span>
      </Description>
    </>
  );
}

/** What became of a connection that was ended, as the signed document has it. */
export function CertificatePaper({ document, persons }: Part) {
  return (
    <>
      <Facts document={document} persons={persons} />
      <Steps document={document} />
      <Held document={document} />
      <Rows document={document} />
    </>
  );
}

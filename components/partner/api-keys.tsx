import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import { API_KEY_SCOPES, type ApiKeyScope, FORMER_SCOPES } from "@/lib/partner/organization/roles";
import type { ApiKeyView } from "@/lib/partner/organization/schema";
import { type CreateKeyAction, CreateKeyForm } from "./create-key-form";
import { useExpiryChoices } from "./use-expiry-choices";

type Props = {
  keys: ApiKeyView[];
  /** The member may make and revoke keys. */
  mayManage: boolean;
  actions: { create: CreateKeyAction; revoke: FormAction };
};

const SCOPE_WORDS = {
  "requests.read": "scopes.requests_read",
  "requests.decide": "scopes.requests_decide",
  "connections.read": "scopes.connections_read",
  "connections.end": "scopes.connections_end",
  "applications.read": "scopes.applications_read",
  "specifications.read": "scopes.specifications_read",
  "links.read": "scopes.links_read",
  "links.manage": "scopes.links_manage",
  "events.read": "scopes.events_read",
  "webhooks.read": "scopes.webhooks_read",
  "webhooks.manage": "scopes.webhooks_manage",
  "api_keys.manage": "scopes.api_keys_manage",
  gateway: "scopes.gateway",
  records: "scopes.records",
} as const satisfies Record<ApiKeyScope, string>;

function Row({ apiKey, mayManage, revoke }: { apiKey: ApiKeyView; mayManage: boolean; revoke: FormAction }) {
  const t = useTranslations("partner.keys");
  const stages = useTranslations("partner.stages");
  const { expiresAt, createdBy } = apiKey;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{apiKey.name}</span>
          <code className="text-xs text-ink-soft">{apiKey.prefix}…</code>
          <StatusPill tone={apiKey.state === "live" ? "success" : "neutral"}>
            {t(`states.${apiKey.state}`)}
          </StatusPill>
        </p>
        <p className="text-ink-soft wrap-anywhere">
          {stages(apiKey.stage === "production" ? "production" : "test")},{" "}
          {t.rich("made", { time: () => <Time at={apiKey.createdAt} precision="date" /> })}
          {createdBy && ` ${t("by", { email: createdBy })}`}
          {expiresAt && <>, {t.rich("until", { time: () => <Time at={expiresAt} precision="date" /> })}</>}
        </p>
        <p className="text-ink-soft">
          {apiKey.scopes.length === 0
            ? t("mayNothing")
            : apiKey.scopes.map((scope) => t(SCOPE_WORDS[scope])).join(" · ")}
        </p>
      </div>
      {apiKey.state === "live" && mayManage && (
        <ConfirmDialog
          trigger={t("revoke.open")}
          triggerVariant="quiet"
          triggerSize="small"
          title={t("revoke.title", { name: apiKey.name })}
          description={t("revoke.body")}
          keepLabel={t("revoke.keep")}
          confirmLabel={t("revoke.confirm")}
          pendingLabel={t("revoke.pending")}
          action={revoke}
          hidden={{ keyId: apiKey.id }}
        />
      )}
    </li>
  );
}

/** Keys of the partner's own software. */
export function ApiKeys({ keys, mayManage, actions }: Props) {
  const t = useTranslations("partner.keys");
  const stages = useTranslations("partner.stages");
  const expiry = useExpiryChoices();
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
        <p>{t("guide")}</p>
      </PageHeading>
      {mayManage && (
        <CardSection id="create" title={t("create.title")}>
          <CreateKeyForm
            create={actions.create}
            stages={(["test", "production"] as const).map((value) => ({ value, label: stages(value) }))}
            scopes={API_KEY_SCOPES.map((value) => ({
              value,
              label: t(SCOPE_WORDS[value]),
              isTicked: FORMER_SCOPES.some((former) => former === value),
            }))}
            expiry={expiry}
          />
        </CardSection>
      )}
      {keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <CardSection id="keys" title={t("list", { count: keys.length })}>
          <ul className="divide-y divide-line">
            {keys.map((apiKey) => (
              <Row key={apiKey.id} apiKey={apiKey} mayManage={mayManage} revoke={actions.revoke} />
            ))}
          </ul>
        </CardSection>
      )}
    </>
  );
}

import { useTranslations } from "next-intl";
import { GuideLink } from "@/components/guide/guide-link";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import { TextLink } from "@/components/ui/text-link";
import type { PastedKeyRefusal, PastedKeyView } from "@/lib/activation/pasted-key/schema";
import { useRightWords } from "../rights/use-right-words";
import { SlowVendor } from "../slow-vendor";
import { VendorAnswerDetails } from "../status/vendor-answer-details";
import { useVendorWords } from "../use-vendor-words";

type Connector = { id: string; name: string };
type Props = {
  view: PastedKeyView;
  connector: Connector;
  /** The company that was expected, where a key is asked for again. */
  expectedName: string | null;
  /** `requests` is what the ids of requests are appended to. */
  hrefs: { again: string; requests: string };
};

/** What has to be put right first, in the words of the technical user's page. */
function RightsMissing({ view, connectorId }: { view: PastedKeyView; connectorId: string }) {
  const words = useRightWords(connectorId);
  const rights = view.finding.rights ?? [];
  if (rights.length === 0) return null;
  return (
    <ul className="list-disc pt-1.5 pl-5">
      {rights.map(({ path, level }) => (
        <li key={path}>
          {words.right(path)}: {words.level(level)}
        </li>
      ))}
    </ul>
  );
}

function Refused({ view, connector, expectedName, hrefs, code }: Props & { code: PastedKeyRefusal }) {
  const t = useTranslations("pastedKey.refused");
  const words = useVendorWords(connector.id, "pastedKey.refused");
  const { requestId, environmentName } = view.finding;
  const values = {
    connector: connector.name,
    found: environmentName ?? "",
    expected: expectedName ?? "",
  };
  return (
    <>
      <PageHeading title={t("title")} />
      <Alert tone="warning" title={words(`${code}.title`, values)}>
        <p>{words(`${code}.whatToDo`, values)}</p>
        <RightsMissing view={view} connectorId={connector.id} />
      </Alert>
      {view.vendorAnswer && <VendorAnswerDetails answer={view.vendorAnswer} connectorName={connector.name} />}
      <p className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <LinkButton href={hrefs.again}>{t("again")}</LinkButton>
        <GuideLink connector={connector} helpWith={code} className="text-sm" />
        {requestId && <TextLink href={`${hrefs.requests}/${requestId}`}>{t("toRequest")}</TextLink>}
      </p>
    </>
  );
}

/** While the worker asks the vendor whose key it is, and why it is not used when it is not. */
export function KeyCheck(props: Props) {
  const t = useTranslations("pastedKey.checking");
  const { view, connector } = props;
  if (view.refusedBecause !== null) return <Refused {...props} code={view.refusedBecause} />;
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <RefreshEvery seconds={1} />
      <PageHeading title={t("title")} />
      <p role="status" className="text-sm text-ink-soft">
        <Spinner>{t("body", { connector: connector.name })}</Spinner>
      </p>
      <SlowVendor connectorName={connector.name} vendorAnswer={null} />
    </Card>
  );
}

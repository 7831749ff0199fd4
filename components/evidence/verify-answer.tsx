import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Time } from "@/components/ui/time";
import type { EvidencePaperView, IssuedDocument, Refusal } from "@/lib/connection/evidence/schema";
import { groupHex } from "./group-hex";
import { PaperContent } from "./paper-content";
import { PaperSeal } from "./paper-seal";

/** Why what was given is not accepted. */
export function VerifyRefusal({ refusal }: { refusal: Refusal | "nothing" | "no_such_fingerprint" }) {
  const t = useTranslations("evidence.verify");
  const isNothing = refusal === "nothing";
  return (
    <Alert tone={isNothing ? "warning" : "danger"} role="alert" title={t(isNothing ? "nothing" : "notValid")}>
      {!isNothing && <p>{t(`refused.${refusal}`)}</p>}
    </Alert>
  );
}

/** A printed fingerprint belongs to a document that was issued here. */
export function VerifyFingerprint({ issued, fingerprint }: { issued: IssuedDocument; fingerprint: string }) {
  const t = useTranslations("evidence.verify");
  return (
    <Alert tone="success" title={t("fingerprintKnown", { kind: issued.kind })}>
      <p>{t.rich("fingerprintIssued", { time: () => <Time at={issued.issuedAt} isZoned /> })}</p>
      <p>
        <code className="text-xs wrap-anywhere">{groupHex(fingerprint)}</code>
      </p>
      {issued.newestRevision > issued.revision && <p>{t("newer")}</p>}
    </Alert>
  );
}

type ValidProps = { view: EvidencePaperView; isRecorded: boolean; hasNewer: boolean };

/** An unchanged document, with all that it says. */
export function VerifyValid({ view, isRecorded, hasNewer }: ValidProps) {
  const t = useTranslations("evidence.verify");
  return (
    <div className="grid gap-6">
      <Alert tone="success" title={t("valid", { kind: view.document.kind })}>
        <p>{t("validBody", { issuer: view.document.issuer })}</p>
        {!isRecorded && <p className="font-medium">{t("notRecorded")}</p>}
        {hasNewer && <p className="font-medium">{t("newer")}</p>}
      </Alert>
      <PaperContent document={view.document} persons={view.persons} />
      <PaperSeal view={view} />
    </div>
  );
}

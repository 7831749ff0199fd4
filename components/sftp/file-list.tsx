import { useTranslations } from "next-intl";
import { OutcomeCounts } from "@/components/delivery/outcome-counts";
import { useEntityWords } from "@/components/delivery/use-entity-words";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { FileStatus, FileView } from "@/lib/connection/intake/schema";

type Props = {
  connectorId: string;
  files: readonly FileView[];
  moreHref: string | null;
  deliveryHref: (id: string) => string;
};

const TONES: Record<FileStatus, Tone> = {
  receiving: "info",
  broken: "warning",
  unnamed: "neutral",
  waiting: "info",
  kept: "neutral",
  taken: "info",
  delivered: "info",
  done: "success",
  quarantined: "danger",
};
const isHinted = (status: FileStatus): status is "broken" | "unnamed" | "kept" =>
  status === "broken" || status === "unnamed" || status === "kept";

/** Why a file was put away, and what to do. */
function Problem({ problem: { code, detail } }: { problem: NonNullable<FileView["problem"]> }) {
  const t = useTranslations("intakeFile.files");
  const values = { meant: "none", ...detail };
  return (
    <p>
      <span className="font-medium text-danger-text">{t(`${code}.error`, values)}.</span>{" "}
      <span className="text-ink-soft">{t(`${code}.fix`, values)}</span>
    </p>
  );
}

function FileRow({
  file,
  connectorId,
  deliveryHref,
}: Omit<Props, "files" | "moreHref"> & { file: FileView }) {
  const t = useTranslations("sftp.files");
  const words = useEntityWords(connectorId);
  const { name, folder, status, sentAt, entity, rowCount, deliveryId, counts, problem, results } = file;
  return (
    <li className="grid gap-1.5 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <div className="grid min-w-0 gap-0.5">
          <p className="font-medium wrap-anywhere">{folder === "root" ? name : `${folder}/${name}`}</p>
          <p className="flex flex-wrap gap-x-3 text-ink-soft">
            <Time at={sentAt} />
            {entity && <span>{words.name(entity)}</span>}
            {rowCount !== null && <span>{t("records", { count: rowCount })}</span>}
          </p>
        </div>
        <span className="flex flex-wrap gap-1.5">
          <StatusPill tone={TONES[status]}>{t(`status.${status}`)}</StatusPill>
          <OutcomeCounts counts={counts} />
        </span>
      </div>
      {problem && <Problem problem={problem} />}
      {isHinted(status) && <p className="text-ink-soft">{t(`hint.${status}`)}</p>}
      {results.length > 0 && (
        <p className="text-ink-soft">
          {t("results")}{" "}
          {results.map((result, index) => (
            <span key={`${result.folder}/${result.name}`}>
              {index > 0 && ", "}
              <code className="text-xs wrap-anywhere">{`${result.folder}/${result.name}`}</code>
              {result.fetchedAt && ` (${t("fetched")})`}
            </span>
          ))}
        </p>
      )}
      {deliveryId && (
        <p>
          <TextLink href={deliveryHref(deliveryId)}>{t("delivery")}</TextLink>
        </p>
      )}
    </li>
  );
}

/** What was sent and what became of it, the newest first. */
export function FileList({ files, moreHref, ...props }: Props) {
  const t = useTranslations("sftp.files");
  return (
    <CardSection id="files" title={t("title")}>
      {files.length === 0 ? (
        <p className="text-sm text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {files.map((file) => (
            <FileRow key={file.id} file={file} {...props} />
          ))}
        </ul>
      )}
      {moreHref && (
        <div className="pt-3">
          <LinkButton href={moreHref} variant="secondary" size="small">
            {t("more")}
          </LinkButton>
        </div>
      )}
    </CardSection>
  );
}

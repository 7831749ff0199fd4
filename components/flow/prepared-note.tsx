import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { PlainFormAction } from "@/components/ui/form-state";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Preparation } from "@/lib/activation/draft/schema";

export type PreparedNoteView = Preparation & {
  /** The draft that the reader has in hand as a guest; null for a member of the account. */
  guestOf: string | null;
  viewerEmail: string;
  reviewHref: string;
};
type Props = {
  note: PreparedNoteView;
  /** Gets `draftId`: goes on in the guest's own account. */
  leave: PlainFormAction;
};

function Accepted({ note }: { note: PreparedNoteView }) {
  const t = useTranslations("handOver.note");
  const date = () => <Time at={note.acceptedAt} precision="date" />;
  if (note.acceptedBy === null) return null;
  return note.acceptedBy === note.viewerEmail
    ? t.rich("acceptedByYou", { date })
    : t.rich("accepted", { email: note.acceptedBy, date });
}

/** Above a step, for who goes on with what another person prepared: whose it is, and who accepted what. */
export function PreparedNote({ note, leave }: Props) {
  const t = useTranslations("handOver.note");
  const isGuest = note.guestOf !== null;
  return (
    <aside
      aria-labelledby="prepared-note"
      className="grid gap-2 rounded-xl border border-line bg-surface px-4 py-3 text-sm sm:px-6 print:hidden"
    >
      <p id="prepared-note" className="font-semibold wrap-anywhere">
        {isGuest
          ? t("guestTitle", { handedBy: note.handedBy ?? note.accountName })
          : t("memberTitle", { email: note.acceptedBy ?? note.accountName })}
      </p>
      <p className="text-ink-soft wrap-anywhere">
        {isGuest && `${t("guest", { account: note.accountName })} `}
        <Accepted note={note} />
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <TextLink href={note.reviewHref}>{t("review")}</TextLink>
        {note.guestOf !== null && (
          <form action={leave}>
            <input type="hidden" name="draftId" value={note.guestOf} />
            <button type="submit" className={buttonClass("quiet", "small")}>
              {t("leave")}
            </button>
          </form>
        )}
      </div>
    </aside>
  );
}

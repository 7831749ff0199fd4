import { eq } from "drizzle-orm";
import { partnerAlerts, partners } from "@/db/schema";
import { renderDigestMail } from "@/emails/digest-mail";
import { findNews } from "@/lib/partner/alert/find-news";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** What a member asked to hear of, as it is now. null once the mails are stopped, a newer digest is on its way, or nothing is left to tell. */
export async function composeDigest(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({ alerts: partnerAlerts, partner: partners.name, slug: partners.slug })
      .from(partnerAlerts)
      .innerJoin(partners, eq(partners.id, partnerAlerts.partnerId))
      .where(eq(partnerAlerts.digestId, mail.subjectId));
    if (!row?.alerts.digestSince || row.alerts.digest === "none") return null;
    const news = await findNews(tx, row.alerts, { since: row.alerts.digestSince, now: new Date() });
    return news && { ...row, since: row.alerts.digestSince, news };
  });
  if (!found) return null;
  const { alerts, news, partner, slug } = found;
  const locale = localeOf(mail);
  const console = `${context.publicUrl}/partner/${slug}`;
  const tell = (at: Date): string => formatMoment(locale, at, alerts.timeZone);
  return renderDigestMail({
    locale,
    words: createMailWords(locale),
    partner,
    host: new URL(context.publicUrl).host,
    since: tell(found.since),
    news,
    tell,
    hrefs: {
      console,
      settings: `${console}/alerts`,
      stop: `${context.publicUrl}/alerts/stop?${new URLSearchParams({ token: alerts.stopToken })}`,
    },
  });
}

import { eq } from "drizzle-orm";
import { partnerAlerts, users } from "@/db/schema";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { withDatabase } from "./support/database";
import { makeMember } from "./support/partner-console";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const readToken = (email: string) =>
  withDatabase(async ({ orm }) => {
    const [row] = await orm
      .select({ token: partnerAlerts.stopToken })
      .from(partnerAlerts)
      .innerJoin(users, eq(users.id, partnerAlerts.userId))
      .where(eq(users.email, email));
    return row?.token ?? "";
  });

test("a member chooses mails on a page, and stops them by the link of a mail without signing in", async ({
  page,
  openDevice,
}) => {
  const email = await makeMember(DEMO_PARTNER_SLUG, "support");
  await signIn(page, email, `/partner/${DEMO_PARTNER_SLUG}`);
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(page.getByText("No mails are sent to you.")).toBeVisible();
  await page.getByLabel("How often").selectOption({ label: "Every Monday" });
  await page.getByLabel("Share of rejected companies").selectOption({ label: "from 25 % on" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^The next mail is gathered/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Share of rejected companies")).toHaveValue("25");

  const mailbox = await openDevice();
  await mailbox.goto(`/alerts/stop?token=${await readToken(email)}`);
  await expect(mailbox.getByRole("heading", { level: 1 })).toHaveText("Mails about Esimerkki Software Oy");
  await page.reload();
  await expect(page.getByText(/^The next mail is gathered/), "looking stops nothing").toBeVisible();
  await mailbox.getByRole("button", { name: "Stop these mails" }).click();
  await expect(mailbox.getByText("You get no more of these mails")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No mails are sent to you.")).toBeVisible();
  await mailbox.goto("/alerts/stop?token=nothing");
  await expect(mailbox.getByText("This link stops nothing any more")).toBeVisible();
});

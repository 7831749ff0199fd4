import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { operators, outboxMails, tasks, users } from "@/db/schema";
import type { TaskKind } from "@/lib/platform/task/schema";
import { withDatabase } from "./database";
import { makeAddress } from "./person";
import { signIn } from "./sign-in";

/** Somebody new who runs the installation, signed in on the page of the tasks. */
export async function signInAsOperator(page: Page): Promise<string> {
  const email = makeAddress("operator");
  await signIn(page, email);
  await withDatabase(async ({ orm }) => {
    const [user] = await orm.select({ id: users.id }).from(users).where(eq(users.email, email));
    await orm.insert(operators).values({ userId: user?.id ?? "" });
  });
  await page.goto("/operator");
  return email;
}

/** A mail about nothing that exists, which the mail server refused for good. */
export async function makeFailedMail() {
  const recipient = makeAddress("refused");
  const subjectId = randomUUID();
  const mailId = await withDatabase(async ({ orm }) => {
    const [mail] = await orm
      .insert(outboxMails)
      .values({
        kind: "request_settled",
        subjectId,
        recipient,
        locale: "en",
        messageId: `<${subjectId}@test>`,
        state: "failed",
        tries: 1,
        lastError: "550 5.1.1 no such user",
      })
      .returning({ id: outboxMails.id });
    return mail?.id ?? "";
  });
  return { id: { mailId, subjectId }, recipient };
}

export async function readMailState(mailId: string): Promise<string | undefined> {
  return withDatabase(async ({ orm }) => {
    const [mail] = await orm
      .select({ state: outboxMails.state })
      .from(outboxMails)
      .where(eq(outboxMails.id, mailId));
    return mail?.state;
  });
}

/** A task about nothing that exists: enough for what the pages do with it. */
export async function makeTask(kind: TaskKind): Promise<string> {
  return withDatabase(async ({ orm }) => {
    const [task] = await orm
      .insert(tasks)
      .values({
        kind,
        subjectId: randomUUID(),
        vendorAnswer: {
          status: 403,
          messages: ["Not allowed for this application."],
          operation: "POST /example",
          at: new Date().toISOString(),
        },
      })
      .returning({ id: tasks.id });
    return task?.id ?? "";
  });
}

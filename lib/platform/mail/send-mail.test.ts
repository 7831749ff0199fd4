import { expect, test } from "vitest";
import { type RefusingMailServer, startRefusingMailServer } from "@/testing/refusing-mail-server";
import { describeDeliveryFailure } from "./delivery-failure";
import { createMailer } from "./send-mail";

const MAIL = { subject: "A subject", text: "text", html: "<p>text</p>" };

async function withServer(work: (server: RefusingMailServer) => Promise<void>): Promise<void> {
  const server = await startRefusingMailServer();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

test.each([
  "victim@example.com, evil@example.com",
  "victim@example.com\r\nBcc: evil@example.com",
  "victim@example.com;evil@example.com",
  "Victim <evil@example.com>",
  "a group: evil@example.com;",
  "evil@example.com\u0000",
  "victim@example.com evil@example.com",
  "@example.com",
  "nobody",
])("a mail to %j is refused for good, before anything is sent", (to) =>
  withServer(async ({ smtpUrl }) => {
    const mailer = createMailer({ smtpUrl, from: "Portal <portal@portal.example>" });
    const error = await mailer.sendMail({ ...MAIL, to }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "EENVELOPE" });
    expect(describeDeliveryFailure(error).isFinal).toBe(true);
  }),
);

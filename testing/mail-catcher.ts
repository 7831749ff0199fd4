import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MailDev } from "maildev";
import { vi } from "vitest";

export type MailCatcher = Awaited<ReturnType<typeof startMailCatcher>>;

/** A real mail server on a free port that keeps what it is sent. */
export async function startMailCatcher() {
  const directory = await mkdtemp(join(tmpdir(), "kytkin-mail-"));
  const server = new MailDev({
    ip: "127.0.0.1",
    smtp: 0,
    disableWeb: true,
    mailDirectory: directory,
    silent: true,
  });
  await server.start();
  const servers = server.getServers();
  if (!servers) throw new Error("The mail catcher is not running.");
  return {
    smtpUrl: `smtp://127.0.0.1:${servers.smtp.getPort()}`,
    /** What came for one address, once there is `count` of it. */
    listMails: (recipient: string, count: number) =>
      vi.waitFor(async () => {
        const all = await servers.smtp.getAllEmails();
        const own = all.filter((mail) => mail.to?.some(({ address }) => address === recipient));
        if (own.length < count) throw new Error(`${own.length} of ${count} mails came`);
        return own;
      }),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

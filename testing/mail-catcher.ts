import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MailDev } from "maildev";
import { waitFor } from "@/testing/wait-for";

export type MailCatcher = Awaited<ReturnType<typeof startMailCatcher>>;

/** A real mail server that keeps what it is sent; on a free port when none is given. */
export async function startMailCatcher(port = 0) {
  const directory = await mkdtemp(join(tmpdir(), "kytkin-mail-"));
  const server = new MailDev({
    ip: "127.0.0.1",
    smtp: port,
    disableWeb: true,
    mailDirectory: directory,
    silent: true,
  });
  await server.start();
  const servers = server.getServers();
  if (!servers) throw new Error("The mail catcher is not running.");
  return {
    port: servers.smtp.getPort(),
    smtpUrl: `smtp://127.0.0.1:${servers.smtp.getPort()}`,
    /** What came for one address, once there is `count` of it. */
    listMails: (recipient: string, count: number) =>
      waitFor(async () => {
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

import { createServer, type Socket } from "node:net";
import { listenOnFreePort } from "./listen";

type Verb = "MAIL" | "RCPT" | "DATA";
export type RefusingMailServer = {
  smtpUrl: string;
  /** From now on this verb gets this answer, e.g. `550 5.1.1 <a@b.example>: no such user`. */
  refuse(verb: Verb, answer: string): void;
  stop(): Promise<void>;
};

/** The least of an SMTP server: takes everything, but for the verbs that it was told to refuse. */
export async function startRefusingMailServer(): Promise<RefusingMailServer> {
  const refusals = new Map<string, string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let isInData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const answer = (line: string): void => {
      if (isInData) {
        if (line !== ".") return;
        isInData = false;
        say("250 taken");
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      const refusal = refusals.get(verb);
      if (refusal) say(refusal);
      else if (verb === "DATA") {
        isInData = true;
        say("354 go on");
      } else if (verb === "QUIT") socket.end("221 bye\r\n");
      else say("250 ok");
    };
    let rest = "";
    socket.on("data", (bytes) => {
      const lines = (rest + bytes.toString()).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) answer(line);
    });
    socket.on("error", () => socket.destroy());
    say("220 test");
  });
  const port = await listenOnFreePort(server);
  return {
    smtpUrl: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    refuse: (verb, line) => refusals.set(verb, line),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

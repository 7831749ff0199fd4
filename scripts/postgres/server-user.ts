import { spawnSync } from "node:child_process";
import { ExplainedError } from "../process/explained-error";

/** The system user that the server runs as; PostgreSQL refuses to run as root. */
export type ServerUser = { uid: number; gid: number };

const NAME = "postgres";

function run(command: string, args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return { ok: status === 0, output: `${stdout ?? ""}${stderr ?? ""}`.trim() };
}

function findUser(): ServerUser | null {
  const [uid, gid] = ["-u", "-g"].map((flag) => run("id", [flag, NAME]));
  if (!uid?.ok || !gid?.ok) return null;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/** null: the server runs as whoever runs us. As root: the user `postgres`, which is made when there is none. */
export function ensureServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const existing = findUser();
  if (existing) return existing;
  const made = run("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", NAME]);
  const user = findUser();
  if (user) return user;
  throw new ExplainedError(
    `PostgreSQL refuses to run as root, and a system user "${NAME}" for it could not be made: ${made.output}\n` +
      "Make that user, or start Kytkin as another user than root.",
  );
}

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftMachine } from "@/lib/activation/draft/rules";
import { grantedKeyMachine, grantMachine } from "@/lib/activation/grant/rules";
import { pastedKeyMachine } from "@/lib/activation/pasted-key/rules";
import { activationMachine, requestMachine } from "@/lib/activation/request/rules";
import { rowMachine } from "@/lib/connection/delivery/rules";
import { connectionMachine } from "@/lib/connection/lifecycle/rules";
import type { StateMachine } from "@/lib/core/state-machine";
import { invitationMachine } from "@/lib/people/membership/rules";

type AnyMachine = StateMachine<string, string>;
const machines = {
  Draft: draftMachine,
  Grant: grantMachine,
  "Granted key": grantedKeyMachine,
  "Pasted key": pastedKeyMachine,
  Request: requestMachine,
  Activation: activationMachine,
  Connection: connectionMachine,
  "Delivery row": rowMachine,
  Invitation: invitationMachine,
} satisfies Record<string, AnyMachine>;

const text = readFileSync(new URL("./flow.md", import.meta.url), "utf8");

/** The rows of one section's table: state, event, who and next state, in one line each. */
function documentedRows(section: string): string[] {
  const body = text.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = body.split("\n").filter((line) => line.startsWith("|") && !/^\| ?(-+|State) /.test(line));
  return rows.map((line) => {
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    expect(cells, line).toHaveLength(10);
    return `${cells[0]} ${cells[1]} [${cells[2]}] ${cells[9]}`;
  });
}

describe.each(Object.entries<AnyMachine>(machines))("%s", (section, machine) => {
  test("the document and the code have the same rows", () => {
    const coded = machine.transitions.map((t) => `${t.from ?? "–"} ${t.event} [${t.by.join(", ")}] ${t.to}`);
    expect(coded.sort()).toEqual(documentedRows(section).sort());
  });

  test("an event has one outcome in a state, and no random walk leaves the known states or a final one", () => {
    const keys = machine.transitions.map((t) => `${t.from} ${t.event}`);
    expect(new Set(keys).size).toBe(keys.length);
    const events = [...new Set(machine.transitions.map((t) => t.event))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (walk) => {
        let state: string | null = null;
        for (const event of walk) {
          const next = machine.next(state, event);
          if (state !== null && machine.isFinal(state)) expect(next).toBeNull();
          if (next !== null) {
            expect(machine.states).toContain(next);
            state = next;
          }
        }
      }),
    );
  });

  test("every state can be reached", () => {
    const reached = new Set(machine.transitions.map((t) => t.to));
    expect(machine.states.filter((state) => !reached.has(state))).toEqual([]);
  });
});

import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { RUN_STATES, RUN_WAITS, type RunView, STEP_STATES } from "@/lib/operations/jobs/schema";
import { MAIL_STATES, type MailState, type MailSummary } from "@/lib/platform/outbox/schema";
import { TASK_FACT_NAMES, TASK_KINDS, type TaskView } from "@/lib/platform/task/schema";
import { en } from "@/messages";
import { answer, render } from "../render-screen.fixture";
import { ElsewhereEngine } from "./jobs/elsewhere-engine";
import { JobList } from "./jobs/job-list";
import { RunDetail } from "./jobs/run-detail";
import { MailList } from "./mails/mail-list";
import { TaskDetail } from "./tasks/task-detail";
import { TaskList } from "./tasks/task-list";

const task: TaskView = {
  id: "0190b1f0-0000-7000-8000-000000000001",
  kind: "mail_failed",
  integration: { slug: "orders", partnerName: "Esimerkki Software Oy", connectorName: "Example Ledger" },
  since: "2026-03-02T08:00:00Z",
  foundAt: "2026-03-02T08:20:00Z",
  resolvedAt: null,
  vendorAnswer: {
    status: 403,
    messages: ["Not allowed."],
    operation: "POST /x",
    at: "2026-03-02T08:00:00Z",
  },
  facts: TASK_FACT_NAMES.map((name) => ({ name, value: `value of ${name}` })),
  canRetry: true,
  retriedAt: "2026-03-02T08:25:00Z",
  resolvedBy: null,
  resolution: null,
};
const detail = (view: TaskView) =>
  render(
    h(TaskDetail, {
      task: view,
      hrefs: { list: "/operator/tasks" },
      actions: { resolve: answer, retry: answer },
    }),
  );

describe("a task", () => {
  test.each(TASK_KINDS)("%s says what happened and what to do, and shows what is known", (kind) => {
    const html = detail({ ...task, kind });
    const words = en.operator.tasks.kinds[kind];
    for (const text of [words.title, words.happened, words.whatToDo]) expect(html).toContain(text);
    for (const { value } of task.facts) expect(html).toContain(value);
    expect(html).toContain("Not allowed.");
    expect(html).toContain("Try again");
  });

  test("that is over says by whom, or that it was nobody, and offers nothing", () => {
    const over = { ...task, resolvedAt: "2026-03-02T08:30:00Z", canRetry: false };
    const byPerson = detail({ ...over, resolvedBy: "op@example.com", resolution: "Called them." });
    expect(byPerson).toContain("op@example.com");
    expect(byPerson).toContain("Called them.");
    expect(byPerson).not.toContain("Try again");
    expect(detail(over)).toContain("by itself");
    expect(detail({ ...over, resolution: "Long ago." })).toContain("a former operator");
  });
});

describe("the list of tasks", () => {
  const hrefs = {
    task: (id: string) => `/t/${id}`,
    side: (side: string) => `/s/${side}`,
    kind: (kind: string | undefined) => `/k/${kind ?? "all"}`,
    more: (cursor: string) => `/more/${cursor}`,
  };
  test("counts what is open, and leads on", () => {
    const html = render(
      h(TaskList, {
        hrefs,
        view: { filter: { side: "open" }, tasks: [task], nextCursor: "c", openCounts: { mail_failed: 31 } },
      }),
    );
    for (const part of [`/t/${task.id}`, "/k/mail_failed", "/more/c", "31"]) expect(html).toContain(part);
    expect(html).not.toContain("/k/answer_lost");
  });
  test.each(["open", "resolved"] as const)("without any that are %s says so", (side) => {
    const view = { filter: { side }, tasks: [], nextCursor: null, openCounts: {} };
    expect(render(h(TaskList, { hrefs, view }))).toContain(en.operator.tasks.empty[side].title);
  });
});

const run: RunView = {
  id: "0190b1f0-0000-7000-8000-000000000002",
  functionId: "kytkin-process-activation-request",
  state: "running",
  eventName: "activation/request.submitted",
  subjects: { requestId: "0190b1f0-0000-7000-8000-000000000003" },
  startedAt: "2026-03-02T08:00:00Z",
  endedAt: null,
  error: null,
  waitsFor: { kind: "event", name: "activation/request.decided", until: "2026-03-02T09:00:00Z" },
  steps: [
    {
      name: "tell vendor",
      state: "done",
      attempts: 2,
      openedAt: "2026-03-02T08:00:00Z",
      settledAt: "2026-03-02T08:01:00Z",
      dueAt: null,
      eventName: null,
      invokedRunId: null,
      error: null,
    },
  ],
  failures: [
    {
      stepName: "tell vendor",
      attempt: 1,
      failedAt: "2026-03-02T08:00:10Z",
      retryAt: "2026-03-02T08:00:40Z",
      error: { name: "RetryAfterError", message: "the vendor was away" },
    },
  ],
};

describe("a run", () => {
  const detail = (view: RunView) =>
    render(
      h(RunDetail, {
        run: view,
        hrefs: { list: "/operator/jobs", run: (id) => `/operator/jobs/${id}` },
        actions: { retry: answer, cancel: answer },
      }),
    );
  test("shows what it did, each try that failed, and what it waits for", () => {
    const html = detail(run);
    for (const text of [
      "waits for the event",
      "activation/request.decided",
      "tell vendor",
      "2 tries",
      "the vendor was away",
      "tell vendor, try 1",
      "Cancel the run",
    ])
      expect(html).toContain(text);
  });
  test.each(RUN_WAITS)("that waits for %s says so", (kind) => {
    expect(detail({ ...run, waitsFor: { kind, name: "name", until: null } })).toContain("Now");
  });
  test.each(RUN_STATES)("that is %s offers what can be done", (state) => {
    const html = detail({ ...run, state, waitsFor: null });
    expect(html.includes("Cancel the run")).toBe(state === "running");
    expect(html.includes("Go on from here")).toBe(state === "failed" || state === "cancelled");
  });
  test.each(STEP_STATES)("with a step that is %s names its state", (state) => {
    const [step] = run.steps;
    const html = detail({ ...run, steps: step ? [{ ...step, state }] : [] });
    expect(html).toContain(en.operator.jobs.steps.states[state]);
  });
});

test("the list of jobs shows how much waits, and runs with their errors", () => {
  const html = render(
    h(JobList, {
      view: {
        filter: {},
        runs: [{ ...run, state: "failed", waitsFor: null, error: { name: "Error", message: "went wrong" } }],
        nextCursor: "c",
        functions: [{ functionId: run.functionId, running: 0, failedLastDay: 3 }],
        queue: {
          waiting: 4,
          oldestWaitingSeconds: 12,
          executing: 1,
          scheduled: 2,
          parked: 0,
          runningRuns: 5,
          failedLastDay: 3,
          liveWorkers: 1,
        },
      },
      hrefs: {
        run: (id) => `/r/${id}`,
        state: (state) => `/s/${state ?? "all"}`,
        ofFunction: (id) => `/f/${id ?? "all"}`,
        more: (cursor) => `/more/${cursor}`,
      },
    }),
  );
  for (const part of [`/r/${run.id}`, "went wrong", "the oldest for 12 s", "(3 failed)", "/more/c"])
    expect(html).toContain(part);
});

test("with an Inngest server the page of jobs says so, and leads there when it knows the way", () => {
  expect(render(h(ElsewhereEngine, { dashboardHref: null }))).toContain("KYTKIN_INNGEST_DASHBOARD_URL");
  expect(render(h(ElsewhereEngine, { dashboardHref: "https://inngest.example" }))).toContain(
    'href="https://inngest.example"',
  );
});

describe("the list of mails", () => {
  const show = (state: MailState, mails: MailSummary[]) =>
    render(
      h(MailList, {
        view: {
          filter: { state },
          mails,
          nextCursor: null,
          counts: { queued: 0, sent: 2, failed: 1, dropped: 0 },
        },
        resend: answer,
        hrefs: { state: (one) => `/s/${one}`, more: (cursor) => `/more/${cursor}` },
      }),
    );
  const mail: MailSummary = {
    id: "mail",
    kind: "request_settled",
    subjectId: "request",
    recipientMasked: "a***@example.com",
    state: "failed",
    tries: 3,
    lastError: "550 5.1.1 no such user",
    queuedAt: "2026-03-02T08:00:00Z",
    lastTriedAt: "2026-03-02T08:10:00Z",
  };
  test("shows the server's words, and offers to send again what failed", () => {
    const html = show("failed", [mail]);
    for (const part of ["a***@example.com", "550 5.1.1 no such user", "3 tries", "Send again"])
      expect(html).toContain(part);
    expect(show("sent", [{ ...mail, state: "sent", lastError: null }])).not.toContain("Send again");
  });
  test.each(MAIL_STATES)("without any that are %s says so", (state) => {
    expect(show(state, [])).toContain(en.operator.mails.empty[state]);
  });
});

import { and, desc, eq, inArray } from "drizzle-orm";
import { activationRequests, candidates, connections, grants } from "@/db/schema";
import { withScope } from "@/db/scope";
import { acceptTerms } from "@/lib/activation/draft/accept-terms";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { beginConsent } from "@/lib/activation/grant/begin-consent";
import { parseVendorReturn } from "@/lib/activation/grant/parse-vendor-return";
import { returnFromVendor } from "@/lib/activation/grant/return-from-vendor";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import { retryActivationRequest } from "@/lib/activation/request/retry-activation-request";
import type { RequestState } from "@/lib/activation/request/schema";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import { AppError, isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, asPartner } from "../fixtures/account";
import { readRequest } from "../fixtures/request";
import type { Action, SingleAction } from "./action";
import { deactivateSome, endAsPartner, pasteForDraft, recoverOne } from "./hand-work";
import type { JobRunner } from "./job-runner";
import { KeyHistory } from "./key-history";
import type { JourneyVendor, Party } from "./vendor";

const MINUTE_MS = 60_000;
/** Answers that a person may get; everything else is a bug. */
const REFUSALS = ["conflict", "gone", "not_found", "invalid_input", "cap_exceeded", "environment_taken"];

/** Two people, their requests, and all that may come between. */
export class Journey {
  readonly history: KeyHistory;

  constructor(
    private readonly vendor: JourneyVendor,
    private readonly runner: JobRunner,
    readonly party: Party,
  ) {
    this.history = new KeyHistory(vendor, party);
  }

  /** Carries the action out as far as the product lets it. */
  async take(action: Action): Promise<void> {
    if (action.do === "together") await Promise.all(action.actions.map((one) => this.attempt(one)));
    else await this.attempt(action);
    await this.history.note();
  }

  private async attempt(action: SingleAction): Promise<void> {
    try {
      await this.carryOut(action);
    } catch (error) {
      if (!isAppError(error) || !REFUSALS.includes(error.code)) throw error;
    }
  }

  /** Whatever was wrong is over, everybody has gone, and days pass. */
  async comeToRest(): Promise<void> {
    await this.vendor.heal();
    for (const minutes of [5, 20, 90, 26 * 60, 26 * 60, 31 * 24 * 60, 60]) {
      await this.runner.work();
      await this.runner.passTime(minutes * MINUTE_MS);
      await this.runner.sweep();
      await this.history.note();
    }
    await this.runner.work();
  }

  private async carryOut(action: SingleAction): Promise<void> {
    switch (action.do) {
      case "consent":
        return this.consent(this.party.viewers[action.who], this.select(action.which));
      case "submit":
        return this.submit(this.party.viewers[action.who], this.select(action.which));
      case "decide":
        return this.decide(this.select(action.which));
      case "cancel":
        return this.cancel();
      case "retry":
        return this.retry();
      case "discard":
        return this.discard(this.party.viewers[action.who]);
      case "check":
        return this.check();
      case "paste":
        return this.paste(this.party.viewers[action.who], this.select(action.which));
      case "recover":
        return this.recover(this.select(action.which));
      case "deactivate":
        return deactivateSome(this.vendor, this.party, this.select(action.which));
      case "end":
        return endAsPartner(this.vendor, this.party, this.select(action.which));
      case "tidy":
        return this.vendor.removeByHand(this.select(action.which));
      case "work":
        return this.runner.work();
      case "sweep":
        return this.runner.sweep();
      case "wait":
        return this.runner.passTime(action.minutes * MINUTE_MS);
      case "kill":
        return this.runner.killAfter(action.after, action.losesJob);
      case "fault":
        return this.breakVendor(action.which);
    }
  }

  /** The party's environments whose bit is set. */
  private select(bits: number): string[] {
    return this.party.environments.filter((_, index) => (bits & (1 << index)) !== 0);
  }

  private async breakVendor(which: number): Promise<void> {
    const faults = Object.values(this.vendor.faults);
    await faults[which % faults.length]?.(this.party);
  }

  private async consent(viewer: Viewer, environments: string[]): Promise<void> {
    const address = await this.depart(viewer);
    const callback = await this.vendor.consent(viewer, environments, address);
    if (!callback) return;
    const { database, integration } = this.vendor;
    const returned = await withScope(database.web, { kind: "public" }, (tx) =>
      parseVendorReturn(tx, integration.slug, callback.searchParams),
    );
    if (!returned) throw new Error(`nothing in ${callback}`);
    await asCustomer(database, viewer, (tx) => returnFromVendor(tx, viewer, returned));
    await this.runner.work();
  }

  /** Accepts and goes to the vendor. Where the vendor has to be asked, gives the address, or null when it did not tell. */
  private async depart(viewer: Viewer): Promise<string | null> {
    const { database, integration } = this.vendor;
    const { specification, linkToken } = integration;
    const acceptance = {
      specificationId: specification.id,
      contentHash: specification.contentHash,
      locale: "en" as const,
      acceptedAt: new Date(),
    };
    const begun = await asCustomer(
      database,
      viewer,
      async (tx) => {
        await acceptTerms(tx, viewer, integration, acceptance);
        return beginConsent(tx, viewer, await this.getDraft(tx));
      },
      linkToken,
    );
    if (begun.kind === "address") return null;
    await this.runner.work();
    const [grant] = await database.admin.orm.select().from(grants).where(eq(grants.id, begun.grantId));
    return grant?.state === "consenting" ? grant.consentUrl : null;
  }

  private async getDraft(tx: Parameters<typeof findOpenDraft>[0]) {
    const draft = await findOpenDraft(tx, this.vendor.integration.integrationId);
    if (!draft) throw new AppError("not_found", "draft");
    return draft;
  }

  private async submit(viewer: Viewer, environments: string[]): Promise<void> {
    const { database, integration } = this.vendor;
    await asCustomer(database, viewer, async (tx) => {
      const offered = await tx
        .select({ id: candidates.id, externalId: candidates.externalId })
        .from(candidates)
        .innerJoin(grants, eq(grants.id, candidates.grantId))
        .where(eq(grants.state, "open"));
      const picked = offered
        .filter(({ externalId }) => environments.includes(externalId))
        .map(({ id }) => id);
      await selectEnvironments(tx, viewer, await this.getDraft(tx), picked);
    });
    await asCustomer(
      database,
      viewer,
      async (tx) => submitActivationRequest(tx, viewer, await this.getDraft(tx), integration),
      integration.linkToken,
    );
  }

  private async paste(viewer: Viewer, environments: string[]): Promise<void> {
    await pasteForDraft(this.vendor, this.history, viewer, environments);
    await this.runner.work();
  }

  private async recover(environments: string[]): Promise<void> {
    await recoverOne(this.vendor, this.history, this.party, environments);
    await this.runner.work();
  }

  private async decide(approved: string[]): Promise<void> {
    const { database, integration } = this.vendor;
    const { requestId } = await this.getNewest("awaiting_partner");
    const { activations } = await readRequest(database, requestId);
    const isApproved = ({ externalId }: { externalId: string }) => approved.includes(externalId);
    const decision = {
      approve: activations.filter(isApproved).map(({ environmentId }) => environmentId),
      reject: activations
        .filter((one) => !isApproved(one))
        .map(({ environmentId }) => ({ environmentId, reason: "No agreement." })),
    };
    const target = { requestId, connector: integration.connector.id };
    await asPartner(database, integration.caller, (tx) =>
      decideActivationRequest(tx, integration.caller, target, decision),
    );
  }

  private async cancel(): Promise<void> {
    const { requestId, viewer } = await this.getNewest("awaiting_partner", "processing");
    await asCustomer(this.vendor.database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
  }

  private async retry(): Promise<void> {
    const { requestId, viewer } = await this.getNewest("settled");
    await asCustomer(this.vendor.database, viewer, (tx) => retryActivationRequest(tx, viewer, requestId));
  }

  private async discard(viewer: Viewer): Promise<void> {
    await asCustomer(this.vendor.database, viewer, async (tx) =>
      discardDraft(tx, viewer, (await this.getDraft(tx)).id),
    );
  }

  /** As once a day. */
  private async check(): Promise<void> {
    const { database, context } = this.vendor;
    const live = await database.admin.orm
      .select()
      .from(connections)
      .where(and(inArray(connections.accountId, this.accountIds()), eq(connections.state, "active")));
    await asSystem(context, "test", async (tx) => {
      for (const { id } of live) await enqueueEvent(tx, "connection/check.wanted", { connectionId: id });
    });
  }

  private accountIds(): string[] {
    return this.party.viewers.map(({ accountId }) => accountId);
  }

  private async getNewest(...states: RequestState[]): Promise<{ requestId: string; viewer: Viewer }> {
    const [newest] = await this.vendor.database.admin.orm
      .select()
      .from(activationRequests)
      .where(
        and(
          inArray(activationRequests.accountId, this.accountIds()),
          inArray(activationRequests.state, states),
        ),
      )
      .orderBy(desc(activationRequests.createdAt))
      .limit(1);
    const viewer = this.party.viewers.find(({ accountId }) => accountId === newest?.accountId);
    if (!newest || !viewer) throw new AppError("not_found", "activation request");
    return { requestId: newest.id, viewer };
  }
}

import { and, eq, inArray } from "drizzle-orm";
import { connections, type offboardings, sealedSecrets } from "@/db/schema";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import type { JourneyVendor, Party } from "./vendor";

type Offboarding = typeof offboardings.$inferSelect;

/** Which keys somebody made by hand, and which connections have ever had a key: the rows forget it with the key. */
export class KeyHistory {
  private readonly madeByHand = new Set<string>();
  private readonly connectionsOf = new Map<string, Set<string>>();

  constructor(
    private readonly vendor: JourneyVendor,
    private readonly party: Party,
  ) {}

  async note(): Promise<void> {
    const accountIds = this.party.viewers.map(({ accountId }) => accountId);
    const rows = await this.vendor.database.admin.orm
      .select({ id: connections.id, fingerprint: sealedSecrets.fingerprint })
      .from(sealedSecrets)
      .innerJoin(connections, eq(connections.id, sealedSecrets.ownerId))
      .where(and(inArray(connections.accountId, accountIds), eq(sealedSecrets.name, "api_key")));
    for (const { id, fingerprint } of rows) {
      if (fingerprint === null) continue;
      this.connectionsOf.set(fingerprint, (this.connectionsOf.get(fingerprint) ?? new Set()).add(id));
    }
  }

  /** A key made on the vendor's own screens; one that the vendor had issued before stays the vendor's. */
  async makeByHand(environment: string): Promise<string> {
    const before = this.vendor.listWorkingKeys(this.party).map(({ secret }) => secret);
    const secret = await this.vendor.makeKey(environment);
    if (!before.includes(secret)) this.madeByHand.add(secret);
    return secret;
  }

  /**
   * Made by hand, it is the customer's own as long as no connection worked with it. After the end of one that did, it is
   * so again only where the record says that the key is shared.
   */
  isLeftToCustomer(secret: string, ends: readonly Offboarding[]): boolean {
    if (!this.madeByHand.has(secret)) return false;
    const had = this.connectionsOf.get(fingerprintOf(this.vendor.context.keys, secret)) ?? new Set();
    return [...had].every((id) =>
      ends.some(({ connectionId, outcome }) => connectionId === id && outcome === "shared"),
    );
  }
}

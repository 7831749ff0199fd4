import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createIntegration } from "@/testing/fixtures/integration";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { getProfile, getSetup } from "./queries";
import { readLogo } from "./read-logo";
import { LOGO_MAX_BYTES, type PartnerMember, profileInput } from "./schema";
import { setLogo, updateProfile } from "./update-profile";

let database: TestDatabase;
let admin: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = await createMember(database, (await createIntegration(database)).partner.id, "admin");
});
afterAll(() => database.close());

/** The head of a PNG of this size: enough for what is looked at. */
function png(width: number, height: number, bytes = 100): Uint8Array {
  const picture = new Uint8Array(bytes);
  picture.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(picture.buffer).setUint32(16, width);
  new DataView(picture.buffer).setUint32(20, height);
  return picture;
}

const given = {
  name: "Esimerkki Software Oy",
  marketName: "",
  notifyEmail: "Requests@Partner.example",
  supportEmail: "support@partner.example",
  incidentEmail: "incidents@partner.example",
  reviewEmail: "review@partner.example",
  websiteUrl: "https://partner.example",
  supportUrl: "",
  termsUrl: "",
  privacyUrl: "",
};

describe("the profile", () => {
  test("is kept, and the audit log has the names of what changed", async () => {
    const before = await asMember(database, admin, (tx) => getSetup(tx, admin));
    expect(before).toEqual({
      profile: false,
      application: true,
      specification: true,
      review: true,
      link: true,
    });
    await asMember(database, admin, (tx) => updateProfile(tx, admin, profileInput.parse(given)));
    expect(await asMember(database, admin, (tx) => getProfile(tx, admin))).toMatchObject({
      notifyEmail: "requests@partner.example",
      marketName: null,
      websiteUrl: "https://partner.example",
    });
    expect((await asMember(database, admin, (tx) => getSetup(tx, admin))).profile).toBe(true);
    const [row] = await database.admin.orm
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "partner.profile"));
    expect(row?.detail).toMatchObject({ fields: expect.arrayContaining(["name", "websiteUrl"]) });
    expect(JSON.stringify(row)).not.toContain("partner.example");
  });

  test.each([
    { name: "See https://x.example" },
    { notifyEmail: "" },
    { supportEmail: "nobody" },
    { websiteUrl: "javascript:alert(1)" },
    { termsUrl: "ftp://partner.example" },
  ])("refuses %j", (change) => {
    expect(profileInput.safeParse({ ...given, ...change }).success).toBe(false);
  });

  test("is not the auditor's to change", async () => {
    const auditor = await createMember(database, admin.partnerId, "auditor");
    await expect(
      asMember(database, auditor, (tx) => updateProfile(tx, auditor, profileInput.parse(given))),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a logo", () => {
  test("that is a small PNG is kept as an address of its own", async () => {
    await asMember(database, admin, (tx) => setLogo(tx, admin, png(64, 32)));
    const { logo } = await asMember(database, admin, (tx) => getProfile(tx, admin));
    expect(logo).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    await asMember(database, admin, (tx) => setLogo(tx, admin, null));
    expect((await asMember(database, admin, (tx) => getProfile(tx, admin))).logo).toBeNull();
  });

  test.each([
    ["an SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ["nothing", new Uint8Array()],
    ["too many bytes", png(64, 64, LOGO_MAX_BYTES + 1)],
    ["too wide", png(1025, 10)],
    ["no height", png(10, 0)],
  ])("is refused: %s", (_, bytes) => {
    expect(() => readLogo(bytes)).toThrow(/invalid_input/);
  });
});

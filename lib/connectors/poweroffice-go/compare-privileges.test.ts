import { expect, test } from "vitest";
import { comparePrivileges, findUncovered } from "./compare-privileges";
import { clientInformation } from "./schemas";

const information = (fields: object) => clientInformation.parse({ ClientId: "client", ...fields });
const customers = { path: "Customer", level: "Full" };
const invoices = { path: "OutgoingInvoice", level: "Read" };

test("a role that may write may also read, and not the other way round", () => {
  const held = information({ ValidPrivileges: ["Customer", "OutgoingInvoice_Full"] });
  expect(comparePrivileges(held, [customers, invoices])).toEqual({
    held: [
      { path: "Customer", level: "Read" },
      { path: "OutgoingInvoice", level: "Full" },
    ],
    missing: [{ path: "Customer", asked: "Full", held: "Read" }],
    surplus: [{ path: "OutgoingInvoice", asked: "Read", held: "Full" }],
    boundToNaturalPerson: false,
  });
});

test("what nobody asked for is surplus", () => {
  const held = information({ ValidPrivileges: ["Customer_Full", "Employee"] });
  expect(comparePrivileges(held, [customers]).surplus).toEqual([
    { path: "Employee", asked: null, held: "Read" },
  ]);
});

test("sending invoices is a right of its own, unknown where the vendor says nothing of it", () => {
  const asked = [{ path: "AllowSendInvoice", level: "true" }];
  const missing = (allowed: object) => comparePrivileges(information(allowed), asked).missing;
  expect(missing({ AllowSendInvoice: true })).toEqual([]);
  expect(missing({ AllowSendInvoice: false })).toEqual([
    { path: "AllowSendInvoice", asked: "true", held: "false" },
  ]);
  expect(missing({})).toEqual([{ path: "AllowSendInvoice", asked: "true", held: null }]);
  expect(comparePrivileges(information({ AllowSendInvoice: false }), []).surplus).toEqual([]);
});

test("a privilege that the client's modules do not cover is told from one that was never granted", () => {
  const held = information({ ValidPrivileges: ["CommonServices"], InvalidPrivileges: ["Customer_Full"] });
  expect(findUncovered(held, [customers, invoices])).toEqual([customers]);
});

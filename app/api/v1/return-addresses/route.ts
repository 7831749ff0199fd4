import { handle } from "@/app/api/v1/respond";
import { addReturnAddress, listReturnAddresses } from "@/lib/catalogue/link/return-addresses";
import { addReturnAddressOperation, listReturnAddressesOperation } from "@/lib/partner/api/operations/links";

export const GET = handle(listReturnAddressesOperation, async ({ tx }) => ({
  returnAddresses: await listReturnAddresses(tx),
}));

export const POST = handle(addReturnAddressOperation, async ({ tx, caller, body, outgoing }) => ({
  returnAddress: await addReturnAddress(tx, caller, body().address, outgoing.allowLoopback),
}));

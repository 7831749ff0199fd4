import { handle } from "@/app/api/v1/respond";
import { removeReturnAddress } from "@/lib/catalogue/link/return-addresses";
import { removeReturnAddressOperation } from "@/lib/partner/api/operations/links";

export const DELETE = handle(removeReturnAddressOperation, async ({ tx, caller, id }) => {
  await removeReturnAddress(tx, caller, id);
  return undefined;
});

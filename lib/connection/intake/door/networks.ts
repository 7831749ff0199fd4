import { BlockList, isIP } from "node:net";

/** An IPv4 address that came in over an IPv6 socket is written as the IPv4 address. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** An address, or a network as `192.0.2.0/24`, in the form in which it is kept; null when it is neither. */
export function readNetwork(text: string): string | null {
  const [address = "", bits, ...rest] = plainAddress(text.trim()).split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return null;
  const most = version === 4 ? 32 : 128;
  if (bits === undefined) return `${address}/${most}`;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return null;
  return `${address}/${Number(bits)}`;
}

export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const plain = plainAddress(address);
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = "", bits = ""] = network.split("/");
    const type = isIP(base) === 4 ? "ipv4" : "ipv6";
    list.addSubnet(base, Number(bits), type);
  }
  return list.check(plain, version === 4 ? "ipv4" : "ipv6");
}

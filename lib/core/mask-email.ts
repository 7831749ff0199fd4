/** `aino.esimerkki@example.com` → `a***i@example.com`: enough to recognize one's own address, too little to learn one. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "***";
  const name = [...email.slice(0, at)];
  const tail = name.length > 3 ? name.at(-1) : "";
  return `${name[0]}***${tail}${email.slice(at)}`;
}

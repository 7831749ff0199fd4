import { Link } from "@/components/ui/link";
import { SwitchMark } from "./switch-mark";

/** A proper name: the same in every language. */
const NAME = "Kytkin";

export function Wordmark({ href }: { href: string }) {
  return (
    <Link
      href={href}
      className="inline-flex shrink-0 items-center gap-2.5 rounded-md text-ink pointer-coarse:min-h-11"
    >
      <SwitchMark className="h-4.5 w-auto text-accent" />
      <span className="text-[1.0625rem] font-semibold tracking-tight">{NAME}</span>
    </Link>
  );
}

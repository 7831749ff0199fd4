import type { ReactNode } from "react";
import { Words } from "../../words";

export default function Layout({ children }: { children: ReactNode }) {
  return <Words of="updates">{children}</Words>;
}

import { DeadLink } from "@/components/flow/dead-link/dead-link";
import { Main } from "@/components/shell/container";

export default function UnknownLink() {
  const view = { why: "unknown", partnerName: null, integrationName: null, support: null } as const;
  return (
    <Main>
      <DeadLink view={view} catalogueHref="/" />
    </Main>
  );
}

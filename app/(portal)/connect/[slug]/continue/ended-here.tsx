import { EndedReturn } from "@/components/flow/vendor-return/ended-return";
import type { EndedReturnView } from "@/lib/activation/grant/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { switchAccountAction } from "./actions";
import { loadEnded, loadIntegration } from "./load-return";
import { ReturnFrame } from "./return-frame";

type Props = { viewer: Viewer | null; slug: string; because: EndedReturnView["because"] };

/** A return that leads to no consent: what happened, and where the activation goes on. */
export async function EndedHere({ viewer, slug, because }: Props) {
  const { id } = await loadIntegration(slug);
  const here = `/connect/${slug}/continue`;
  return (
    <ReturnFrame viewer={viewer} integrationId={id}>
      <EndedReturn
        view={await loadEnded(viewer, slug, because)}
        homeHref="/home"
        signInHref={`/sign-in?${new URLSearchParams({ callbackUrl: here })}`}
        switchAccount={switchAccountAction.bind(null, slug)}
      />
    </ReturnFrame>
  );
}

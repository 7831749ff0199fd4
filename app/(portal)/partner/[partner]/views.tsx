import { SavedViews } from "@/components/partner/saved-views";
import type { MonitoredList } from "@/lib/partner/monitoring/lists";
import { cleanQuery, listViews } from "@/lib/partner/monitoring/saved-views";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { readAsPartner } from "../../as-partner";
import { listHref } from "./list-href";
import { removeViewAction, saveViewAction } from "./view-actions";

type Props = {
  member: PartnerMember;
  list: MonitoredList;
  filter: Record<string, string | undefined>;
  file?: { href: string; limit: number };
};

/** The member's own views of a list. */
export async function Views({ member, list, filter, file }: Props) {
  const views = await readAsPartner(member, (tx) => listViews(tx, list));
  return (
    <SavedViews
      list={list}
      href={`/partner/${member.slug}/${list}`}
      query={cleanQuery(list, listHref("", filter).slice(1))}
      views={views}
      save={saveViewAction.bind(null, member.slug)}
      remove={removeViewAction.bind(null, member.slug)}
      file={file}
    />
  );
}

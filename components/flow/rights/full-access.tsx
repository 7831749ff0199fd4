import { Alert } from "@/components/ui/alert";
import type { ConnectorView } from "@/lib/catalogue/integration/schema";
import { useVendorWords } from "../use-vendor-words";

/** Before the rights of an integration that its vendor lets do everything: that it is this portal that keeps it to them. */
export function FullAccess({ connector }: { connector: ConnectorView }) {
  const words = useVendorWords(connector.id, "review.rights");
  if (connector.rightsEnforcedBy === "vendor") return null;
  return (
    <Alert tone="warning" role="note" className="mb-4">
      {words("fullAccess", { connector: connector.name })}
    </Alert>
  );
}

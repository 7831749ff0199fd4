import PortalLayout from "./(portal)/layout";
import NotFoundPanel from "./(portal)/not-found";

/** Addresses that no route takes. */
export default function NotFound() {
  return (
    <PortalLayout>
      <NotFoundPanel />
    </PortalLayout>
  );
}

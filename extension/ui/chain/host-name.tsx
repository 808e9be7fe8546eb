/** A host on one line that loses its left end where there is no room: the domain is what tells who was asked. */
export function HostName({ host }: { host: string }) {
  return (
    <b class="host" title={host}>
      {/* The box runs right to left so that it clips on the left; the name itself stays left to right. */}
      <bdi dir="ltr">{host}</bdi>
    </b>
  );
}

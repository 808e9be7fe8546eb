import type { ComponentChildren } from 'preact';

/** Drawn by hand, always beside a word or inside a button that has a name. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const AgainIcon = () => (
  <Icon>
    <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3" />
  </Icon>
);

/** Two links of a chain. */
export const ChainIcon = () => (
  <Icon>
    <path d="M7 9.5a3 3 0 0 1 0-4.2l1.7-1.7a3 3 0 0 1 4.2 4.2L12 8.7M9 6.5a3 3 0 0 1 0 4.2l-1.7 1.7a3 3 0 0 1-4.2-4.2L4 7.3" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon>
    <path d="m4 6 4 4 4-4" />
  </Icon>
);

export const TabIcon = () => (
  <Icon>
    <path d="M6 3H3v10h10v-3M9 3h4v4M13 3 7.5 8.5" />
  </Icon>
);

export const GearIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.2" />
    <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5V3.8c0-.7-.6-1.3-1.3-1.3H3.8c-.7 0-1.3.6-1.3 1.3v5.4c0 .7.6 1.3 1.3 1.3h1.7" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 3.5 4.5 4.5L6 12.5" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M5 3.2v9.6L12.5 8z" />
  </Icon>
);

export const ListIcon = () => (
  <Icon>
    <path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.7 4h.1M2.7 8h.1M2.7 12h.1" />
  </Icon>
);

/** Time gone by. */
export const HistoryIcon = () => (
  <Icon>
    <path d="M2.6 8a5.4 5.4 0 1 0 1.7-3.9M2.6 2.6v2.7h2.7M8 5v3.2l2.2 1.4" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.2" />
    <path d="m10.2 10.2 3.3 3.3" />
  </Icon>
);

export const FilterIcon = () => (
  <Icon>
    <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const PinIcon = () => (
  <Icon>
    <path d="M6 2.5h4l-.5 4 2 2.2H4.5l2-2.2zM8 8.7v4.8" />
  </Icon>
);

export const BinIcon = () => (
  <Icon>
    <path d="M3 4.5h10M6.5 4.5v-2h3v2M4.3 4.5l.6 9h6.2l.6-9M6.7 7v4M9.3 7v4" />
  </Icon>
);

/** Three hops: the mark of the product. */
export function Mark() {
  return (
    <svg class="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 14 10 5l7 9" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" />
      <circle cx="3" cy="14" r="2.4" fill="currentColor" />
      <circle cx="10" cy="5" r="2.4" fill="currentColor" />
      <circle cx="17" cy="14" r="2.4" fill="currentColor" />
    </svg>
  );
}

export const MatrixIcon = () => (
  <Icon>
    <path d="M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11" />
  </Icon>
);

export const CompareIcon = () => (
  <Icon>
    <path d="M2.5 3.5h4v9h-4zM9.5 3.5h4v9h-4zM8 1.8v12.4" />
  </Icon>
);

export const ReplayIcon = () => (
  <Icon>
    <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3M6.8 6v4l3.2-2z" />
  </Icon>
);

export const ExportIcon = () => (
  <Icon>
    <path d="M8 9.8v-7M5.2 5.2 8 2.4l2.8 2.8M2.8 11v2.5h10.4V11" />
  </Icon>
);

export const ImportIcon = () => (
  <Icon>
    <path d="M8 2.5v7M5.2 6.8 8 9.6l2.8-2.8M2.8 11v2.5h10.4V11" />
  </Icon>
);

/** What others are measured by. */
export const FlagIcon = () => (
  <Icon>
    <path d="M4 14V2.5h8.5L10.3 5.7l2.2 3.3H4" />
  </Icon>
);

export const SwapIcon = () => (
  <Icon>
    <path d="M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M5.5 3.5v9M10.5 3.5v9" />
  </Icon>
);

/** To the end of what is played. */
export const EndIcon = () => (
  <Icon>
    <path d="M4 3.2v9.6L11 8zM12.5 3.5v9" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <path d="M4.5 1.8h7v12.4h-7zM7 12h2" />
  </Icon>
);

import '../history/filters.css';
import type { CoverageDimension } from '#protocol/coverage-api.ts';

import { ChevronIcon, SwapIcon } from '../icons.tsx';
import { DIMENSIONS } from '../inspector/route.ts';
import { say } from '../words.ts';
import { dimensionWords } from './value-words.ts';

interface Shown {
  rows: CoverageDimension;
  columns: CoverageDimension;
  onChoose: (chosen: { rows: CoverageDimension; columns: CoverageDimension }) => void;
}

/** What the rows and what the columns are. Both the same would be no matrix. */
export function DimensionPills({ rows, columns, onChoose }: Shown) {
  return (
    <div class="dimensions">
      <Pill
        id="rows"
        label={say('coverage.rows')}
        value={rows}
        taken={columns}
        onChoose={(chosen) => onChoose({ rows: chosen, columns })}
      />
      <button
        type="button"
        class="icon-button"
        id="swap"
        aria-label={say('coverage.swap')}
        title={say('coverage.swap')}
        onClick={() => onChoose({ rows: columns, columns: rows })}
      >
        <SwapIcon />
      </button>
      <Pill
        id="columns"
        label={say('coverage.columns')}
        value={columns}
        taken={rows}
        onChoose={(chosen) => onChoose({ rows, columns: chosen })}
      />
    </div>
  );
}

interface PillShown {
  id: string;
  label: string;
  value: CoverageDimension;
  taken: CoverageDimension;
  onChoose: (chosen: CoverageDimension) => void;
}

function Pill({ id, label, value, taken, onChoose }: PillShown) {
  return (
    <label class="pill choice set">
      <span class="of">{label}</span>
      <select
        id={`matrix-${id}`}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value as CoverageDimension)}
      >
        {DIMENSIONS.map((one) => (
          <option key={one} value={one} selected={one === value} disabled={one === taken}>
            {dimensionWords(one)}
          </option>
        ))}
      </select>
      <ChevronIcon />
    </label>
  );
}

import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import { Keyset } from '../../http/admin/keyset.js';
import type { PageQuery } from '../../http/admin/page.js';
import { ExperimentCatalogue } from '../experiment-catalogue.js';
import { groupBy } from '../report/group-by.js';
import type { ExperimentPageDto, ExperimentSummaryDto } from './experiment-list.dto.js';

interface VariantRow {
  readonly experiment: string;
  /** Null for an experiment that is planned and has reached nobody. */
  readonly variant: string | null;
  readonly exposures: number;
  readonly first_exposed_at: Date | null;
  readonly last_exposed_at: Date | null;
}

const ORDER = new Keyset('experiments', { experiment: 'text' });

/** Every experiment that runs, is planned or has ever reached a lead. */
@Injectable()
export class ExperimentListReadModel {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ExperimentCatalogue,
  ) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: PageQuery): Promise<ExperimentPageDto> {
    const after = ORDER.after(query)?.experiment ?? '';
    const byExperiment = groupBy(await this.readVariants(), ({ experiment }) => experiment);
    const current = new Set(this.catalogue.list().map(({ key }) => key));
    const keys = [...new Set([...current, ...byExperiment.keys()])].sort();
    const summaries = keys
      .filter((key) => key > after)
      .map((key) => summaryOf(key, byExperiment.get(key) ?? [], current.has(key)));
    return ORDER.page(summaries, query);
  }

  private async readVariants(): Promise<readonly VariantRow[]> {
    const { rows } = await sql<VariantRow>`
      select experiment, variant, count(exposed_at) as exposures,
        min(exposed_at) as first_exposed_at, max(exposed_at) as last_exposed_at
      from exposure full join experiment_plan using (experiment)
      group by experiment, variant
      order by experiment, variant`.execute(this.database.kysely);
    return rows;
  }
}

function summaryOf(
  experiment: string,
  rows: readonly VariantRow[],
  current: boolean,
): ExperimentSummaryDto {
  const firsts = rows.flatMap((row) => row.first_exposed_at?.toISOString() ?? []).sort();
  const lasts = rows.flatMap((row) => row.last_exposed_at?.toISOString() ?? []).sort();
  return {
    experiment,
    current,
    exposures: rows.reduce((sum, { exposures }) => sum + exposures, 0),
    variants: rows.flatMap(({ variant, exposures }) =>
      variant === null ? [] : [{ variant, exposures }],
    ),
    first_exposed_at: firsts[0] ?? null,
    last_exposed_at: lasts.at(-1) ?? null,
  };
}

import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../../http/admin/page.js';
import { ProblemException } from '../../http/problem.exception.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { LeadRepository } from '../../leads/lead.repository.js';
import type { TimelinePageDto } from './timeline.dto.js';
import { timelineItem } from './timeline-item.js';
import { TimelineReadModel } from './timeline.read-model.js';

/** What happened to one lead, in order and in sentences. */
@Injectable()
export class Timeline {
  constructor(
    private readonly rows: TimelineReadModel,
    private readonly leads: LeadRepository,
  ) {}

  /** @throws {ProblemException} 404 when nothing is known of the lead, 400 for a cursor that is none of ours */
  async list(lead: LeadKey, query: PageQuery): Promise<TimelinePageDto> {
    const { items, next_cursor } = await this.rows.list(lead, query);
    const isUnknown = items.length === 0 && (await this.leads.find(lead)) === undefined;
    if (isUnknown) throw new ProblemException(404, 'No such lead');
    return { items: items.map(timelineItem), next_cursor };
  }
}

import { Injectable } from '@nestjs/common';
import { HandoffDesk } from './handoff-desk.js';
import { changeDocument, foundDocument, listDocument, listingOf } from './handoff-replies.js';
import { HandoffReadModel } from './handoff.read-model.js';
import type { HandoffDto, HandoffPageDto, HandoffQuery } from './handoffs.dto.js';

/** Who acts when the caller does not say. */
const UNNAMED = 'api';

/** Handoffs in the words of the API. */
@Injectable()
export class HandoffsService {
  constructor(
    private readonly desk: HandoffDesk,
    private readonly handoffs: HandoffReadModel,
  ) {}

  async list(query: HandoffQuery): Promise<HandoffPageDto> {
    const { filter, limit, cursor } = listingOf(query);
    return listDocument(await this.handoffs.list(filter, limit, cursor));
  }

  async get(id: string): Promise<HandoffDto> {
    return foundDocument(await this.handoffs.find(Number(id)));
  }

  async acknowledge(id: string, by = UNNAMED): Promise<HandoffDto> {
    return changeDocument(await this.desk.acknowledge(Number(id), by));
  }

  async resolve(id: string, by = UNNAMED): Promise<HandoffDto> {
    return changeDocument(await this.desk.resolve(Number(id), by));
  }
}

import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Where answers have people in them, refusals included: no browser and no proxy may keep them. */
const PERSONAL_PATHS = ['/admin', '/analyze-lead'];

export function useNoStore(app: NestExpressApplication): void {
  app.use(PERSONAL_PATHS, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
}

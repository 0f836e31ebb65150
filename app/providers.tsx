'use client'

import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ThemeProvider } from '#components/ui/theme-provider.tsx'
import { ToastProvider } from '#components/ui/toasts.tsx'
import { QueryProvider } from '#lib/queries/query-provider.tsx'

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider>
      <QueryProvider>
        <NuqsAdapter>
          <ToastProvider>{children}</ToastProvider>
        </NuqsAdapter>
      </QueryProvider>
    </ThemeProvider>
  )
}

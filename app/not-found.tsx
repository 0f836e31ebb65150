import Typography from '@mui/material/Typography'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CenteredPage } from '#components/ui/centered-page.tsx'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <CenteredPage>
      <div>
        <Typography variant="h1" gutterBottom>
          Nothing is at this address
        </Typography>
        <Typography sx={{ color: 'text.secondary', mb: 2.5 }}>
          It may have been deleted, or belong to a namespace you are not a member of.
        </Typography>
        <ButtonLink href="/" variant="contained" color="primary">
          Go to your namespace
        </ButtonLink>
      </div>
    </CenteredPage>
  )
}

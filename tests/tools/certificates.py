"""Certificates for tests of encrypted connections: an authority that is made for one test, and one of its own."""

from __future__ import annotations

import datetime
from pathlib import Path


def make_certificates(folder: Path) -> tuple[Path, Path]:
    """An authority's certificate, and one file with a key and a certificate that it signed; needs `cryptography`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def certificate(name: str, issuer: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey,
                    *, authority: bool) -> bytes:
        subject, by = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, one)]) for one in (name, issuer))
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number(),
                                       now - datetime.timedelta(days=1), now + datetime.timedelta(days=1))
        made = made.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
                                  critical=False)
        return made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    signer, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                               serialization.NoEncryption())
    authority, own = folder / "ca.pem", folder / "own.pem"
    authority.write_bytes(certificate("authority", "authority", signer, signer, authority=True))
    own.write_bytes(secret + certificate("cluster", "authority", key, signer, authority=False))
    return authority, own

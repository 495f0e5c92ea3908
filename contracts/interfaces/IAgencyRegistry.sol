// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Who may issue what (发证机关名录)
/// @notice Keeps the agencies, the certificate types each may issue, the accounts that anchor for it
/// and the keys that sign its documents. Every change is an event, so that anyone can replay who was
/// entitled to what at any block.
/// @dev Agencies are named by their unified social credit code (GB 32100, 18 ASCII characters), regions
/// by GB/T 2260 (six digits; 0 is the whole country). All times are seconds since 1970. A window runs
/// from `validFrom` until just before `validUntil`, and 0 as an end says 'no end'. Every change is made
/// by an authority over the agency's region; anyone else is refused with RegionalAuthorityRequired. Each
/// event carries `basis`, the document it rests on, `by`, the account that made the change, and
/// `sequence`, which counts this contract's events from 1 without gaps.
interface IAgencyRegistry {
    /// @notice What an agency may do: an active one issues; a suspended or closed one does not.
    enum AgencyStatus {
        Unknown,
        Active,
        Suspended,
        Closed
    }

    /// @notice The curve a document key is on, and so how it signs: ECDSA on P-256 (FIPS 186-5), or SM2
    /// (GB/T 32918).
    enum KeyAlgorithm {
        P256,
        SM2
    }

    /// @notice An agency as it stands now.
    /// @param region The region it belongs to; 0 for a national body.
    /// @param status What it may do.
    /// @param since When, in law, it came to that status.
    struct Agency {
        uint24 region;
        AgencyStatus status;
        uint64 since;
    }

    /// @notice An account that anchors batches and sets statuses for one agency.
    /// @param agency The agency it serves, and the only one it ever will.
    /// @param validFrom From when on it may act.
    /// @param validUntil When it may act no more; 0: no end.
    /// @param isDistrusted Whether it is distrusted and was not trusted again.
    struct Operator {
        bytes18 agency;
        uint48 validFrom;
        uint48 validUntil;
        bool isDistrusted;
    }

    /// @notice The right of one agency to issue one certificate type.
    /// @param validFrom From when on it may issue the type.
    /// @param validUntil When it may issue it no more; 0: no end.
    /// @param typeNumber The type's number in the catalogue; 0 when the right was never granted.
    /// @param assurance How well it checks identities, 1 (D) to 4 (A).
    struct Entitlement {
        uint64 validFrom;
        uint64 validUntil;
        uint32 typeNumber;
        uint8 assurance;
    }

    /// @notice An agency entered the registry as active.
    /// @param agency Its unified social credit code.
    /// @param region The region it belongs to; 0 for a national body.
    /// @param name Its name, in Chinese.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event AgencyRegistered(
        bytes18 indexed agency,
        uint24 indexed region,
        string name,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency was suspended, resumed or closed.
    /// @param agency The agency.
    /// @param status What it may do from now on.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event AgencyStatusChanged(
        bytes18 indexed agency,
        AgencyStatus status,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice Another agency took over from an agency, which is closed.
    /// @dev Also says that the agency was closed, if it was not closed before; there is no event of its own
    /// for that.
    /// @param agency The agency that ended.
    /// @param successor The one that took over from it.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event AgencySucceeded(
        bytes18 indexed agency,
        bytes18 indexed successor,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency may issue a certificate type from one time until another.
    /// @dev Replaces what was granted to it for that type before.
    /// @param agency The agency.
    /// @param certificateType The type's code.
    /// @param validFrom From when on it may issue the type.
    /// @param validUntil When it may issue it no more; 0: no end.
    /// @param assurance How well it checks identities, 1 (D) to 4 (A).
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event EntitlementGranted(
        bytes18 indexed agency,
        bytes21 indexed certificateType,
        uint64 validFrom,
        uint64 validUntil,
        uint8 assurance,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency may no longer issue a certificate type, from this block on.
    /// @param agency The agency.
    /// @param certificateType The type's code.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event EntitlementEnded(
        bytes18 indexed agency,
        bytes21 indexed certificateType,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An account may act for an agency from one time until another.
    /// @dev Replaces the account's former window.
    /// @param agency The agency.
    /// @param account The account.
    /// @param validFrom From when on it may act.
    /// @param validUntil When it may act no more; 0: no end.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event OperatorAdded(
        bytes18 indexed agency,
        address indexed account,
        uint64 validFrom,
        uint64 validUntil,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An account may no longer act for its agency, from this block on.
    /// @param agency The agency it served.
    /// @param account The account.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event OperatorRemoved(
        bytes18 indexed agency,
        address indexed account,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice What an account anchored at or after `since` is not to be trusted (its key was stolen), and it
    /// may no longer act for its agency, from this block on.
    /// @dev When it is said again, the earliest time counts, until the distrust is lifted.
    /// @param agency The agency it serves or served.
    /// @param account The account.
    /// @param since From when on its anchors are not to be trusted.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event OperatorDistrusted(
        bytes18 indexed agency,
        address indexed account,
        uint64 since,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice What an account anchored is to be trusted again, as if it had never been distrusted.
    /// @dev Does not let it act again; adding it anew does.
    /// @param agency The agency it served.
    /// @param account The account.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event OperatorDistrustLifted(
        bytes18 indexed agency,
        address indexed account,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice A key may sign documents (holder bindings) for an agency.
    /// @param agency The agency.
    /// @param keyId Names the key on the chain: keccak256(abi.encode(x, y)). The COSE key thumbprint that
    /// documents carry (RFC 9679, SHA-256) is computed from x and y off the chain.
    /// @param algorithm The curve it is on, and so how it signs.
    /// @param x The point's first coordinate, big-endian.
    /// @param y The point's second coordinate, big-endian.
    /// @param validFrom From when on it may sign.
    /// @param validUntil When it may sign no more; 0: no end.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event DocumentKeyAdded(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint64 validFrom,
        uint64 validUntil,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice A document key signs no more, from this block on; what it signed before stays good.
    /// @param agency The agency.
    /// @param keyId The key.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event DocumentKeyEnded(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice Nothing that a document key ever signed is to be trusted any more.
    /// @param agency The agency.
    /// @param keyId The key.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event DocumentKeyDistrusted(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice What a document key signed is to be trusted again, as if it had never been distrusted. A key
    /// that was ended stays ended.
    /// @param agency The agency.
    /// @param keyId The key.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event DocumentKeyDistrustLifted(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice The agency is in the registry already.
    /// @param agency The agency.
    error AgencyRegistryAgencyExists(bytes18 agency);

    /// @notice The agency is not in the registry.
    /// @param agency What was taken for one.
    error AgencyRegistryUnknownAgency(bytes18 agency);

    /// @notice The code is no unified social credit code: a character or the check character is wrong.
    /// @param agency The code.
    error AgencyRegistryMalformedAgency(bytes18 agency);

    /// @notice The number has not the form of a region code.
    /// @param region The number.
    error AgencyRegistryInvalidRegion(uint24 region);

    /// @notice The agency cannot go from the one status to the other: it has that status already, or is
    /// closed for good.
    /// @param agency The agency.
    /// @param from The status it has.
    /// @param to The status it was to have.
    error AgencyRegistryInvalidStatusChange(bytes18 agency, AgencyStatus from, AgencyStatus to);

    /// @notice The agency has a successor already.
    /// @param agency The agency.
    /// @param successor Its successor.
    error AgencyRegistrySuccessorNamed(bytes18 agency, bytes18 successor);

    /// @notice The one agency cannot take over from the other: it is the same, unknown, or not active.
    /// @param agency The agency that was to end.
    /// @param successor The one that was to take over from it.
    error AgencyRegistryInvalidSuccessor(bytes18 agency, bytes18 successor);

    /// @notice The window ends before it starts, or as it starts.
    /// @param validFrom Its start.
    /// @param validUntil Its end.
    error AgencyRegistryInvalidWindow(uint64 validFrom, uint64 validUntil);

    /// @notice The assurance level is not one of 1 to 4.
    /// @param assurance The level.
    error AgencyRegistryInvalidAssurance(uint8 assurance);

    /// @notice The type is not in the catalogue, or retired.
    /// @param certificateType The type's code.
    error AgencyRegistryUnknownType(bytes21 certificateType);

    /// @notice The agency may not issue the type: it was never entitled to, or not at this time.
    /// @param agency The agency.
    /// @param certificateType The type's code.
    error AgencyRegistryNotEntitled(bytes18 agency, bytes21 certificateType);

    /// @notice The agency is suspended or closed.
    /// @param agency The agency.
    /// @param status Which of the two.
    error AgencyRegistryInactiveAgency(bytes18 agency, AgencyStatus status);

    /// @notice The account serves, or once served, another agency.
    /// @param account The account.
    /// @param agency The agency it belongs to for good.
    error AgencyRegistryOperatorTaken(address account, bytes18 agency);

    /// @notice The account is no operator: of no agency, not of this one, or not at this time.
    /// @param account The account.
    error AgencyRegistryNotAnOperator(address account);

    /// @notice The account is distrusted: it serves again only after that was lifted.
    /// @param account The account.
    error AgencyRegistryOperatorDistrusted(address account);

    /// @notice The account is not distrusted, so there is nothing to lift.
    /// @param account The account.
    error AgencyRegistryNotDistrusted(address account);

    /// @notice The coordinates are not those of a point of the curve, so no signature could ever fit them.
    /// @param x The first coordinate.
    /// @param y The second coordinate.
    error AgencyRegistryInvalidDocumentKey(bytes32 x, bytes32 y);

    /// @notice The agency has no document key of which this could be said: only one that is trusted is ended,
    /// only one that is trusted or ended is distrusted, and only one that is distrusted is trusted again.
    /// @param agency The agency.
    /// @param keyId The key.
    error AgencyRegistryUnknownDocumentKey(bytes18 agency, bytes32 keyId);

    /// @notice The agency has this document key already, or had it: a key is never added anew.
    /// @param agency The agency.
    /// @param keyId The key.
    error AgencyRegistryDocumentKeyExists(bytes18 agency, bytes32 keyId);

    /// @notice Enters an agency as active: an authority over its region.
    /// @param agency Its unified social credit code.
    /// @param region The region it belongs to; 0 for a national body.
    /// @param name Its name, in Chinese.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    function registerAgency(
        bytes18 agency,
        uint24 region,
        string calldata name,
        uint64 effectiveFrom,
        string calldata basis
    ) external;

    /// @notice Suspends, resumes or closes an agency; closing is for good.
    /// @dev The contracts heed the change at once, whatever `effectiveFrom` says.
    /// @param agency The agency.
    /// @param status What it may do from now on.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    function setAgencyStatus(
        bytes18 agency,
        AgencyStatus status,
        uint64 effectiveFrom,
        string calldata basis
    ) external;

    /// @notice Names the agency that takes over from another, for good, and closes the other if it is not
    /// closed: an authority over both their regions.
    /// @dev From then on the successor's operators change the statuses of what the other issued. The
    /// contracts heed the change at once, whatever `effectiveFrom` says.
    /// @param agency The agency that ends.
    /// @param successor The one that takes over from it, active now.
    /// @param effectiveFrom When this takes effect in law.
    /// @param basis The document this rests on.
    function succeedAgency(
        bytes18 agency,
        bytes18 successor,
        uint64 effectiveFrom,
        string calldata basis
    ) external;

    /// @notice Entitles an agency to issue a certificate type, in place of what it was entitled to before.
    /// @param agency The agency.
    /// @param certificateType The type's code; it must be in the catalogue and not retired.
    /// @param validFrom From when on it may issue the type.
    /// @param validUntil When it may issue it no more; 0: no end.
    /// @param assurance How well it checks identities, 1 (D) to 4 (A).
    /// @param basis The document this rests on.
    function grantEntitlement(
        bytes18 agency,
        bytes21 certificateType,
        uint64 validFrom,
        uint64 validUntil,
        uint8 assurance,
        string calldata basis
    ) external;

    /// @notice Ends an agency's right to issue a certificate type, now.
    /// @param agency The agency.
    /// @param certificateType The type's code.
    /// @param basis The document this rests on.
    function endEntitlement(
        bytes18 agency,
        bytes21 certificateType,
        string calldata basis
    ) external;

    /// @notice Lets an account act for an agency, in place of the window it had before.
    /// @dev An account serves one agency ever, so that what it did never becomes another's. A distrusted one
    /// is refused.
    /// @param agency The agency.
    /// @param account The account.
    /// @param validFrom From when on it may act.
    /// @param validUntil When it may act no more; 0: no end.
    /// @param basis The document this rests on.
    function addOperator(
        bytes18 agency,
        address account,
        uint48 validFrom,
        uint48 validUntil,
        string calldata basis
    ) external;

    /// @notice Stops an account from acting for its agency, now.
    /// @param account The account.
    /// @param basis The document this rests on.
    function removeOperator(address account, string calldata basis) external;

    /// @notice Declares that what an account anchored at or after a time is not to be trusted, and stops it
    /// from acting for its agency, now.
    /// @dev May be said again; the earliest time counts, until the distrust is lifted.
    /// @param agency The agency it serves or served.
    /// @param account The account.
    /// @param since From when on its anchors are not to be trusted.
    /// @param basis The document this rests on.
    function distrustOperator(
        bytes18 agency,
        address account,
        uint64 since,
        string calldata basis
    ) external;

    /// @notice Declares that what a distrusted account anchored is to be trusted after all.
    /// @dev Does not let it act again.
    /// @param agency The agency it served.
    /// @param account The account.
    /// @param basis The document this rests on.
    function liftOperatorDistrust(bytes18 agency, address account, string calldata basis) external;

    /// @notice Lets a key sign documents for an agency.
    /// @param agency The agency.
    /// @param algorithm The curve it is on, and so how it signs.
    /// @param x The point's first coordinate, big-endian.
    /// @param y The point's second coordinate, big-endian.
    /// @param validFrom From when on it may sign.
    /// @param validUntil When it may sign no more; 0: no end.
    /// @param basis The document this rests on.
    function addDocumentKey(
        bytes18 agency,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint64 validFrom,
        uint64 validUntil,
        string calldata basis
    ) external;

    /// @notice Ends that a document key signs, now; what it signed before stays good.
    /// @param agency The agency.
    /// @param keyId The key: keccak256(abi.encode(x, y)).
    /// @param basis The document this rests on.
    function endDocumentKey(bytes18 agency, bytes32 keyId, string calldata basis) external;

    /// @notice Declares that nothing a document key ever signed is to be trusted any more.
    /// @param agency The agency.
    /// @param keyId The key: keccak256(abi.encode(x, y)).
    /// @param basis The document this rests on.
    function distrustDocumentKey(bytes18 agency, bytes32 keyId, string calldata basis) external;

    /// @notice Declares that what a distrusted document key signed is to be trusted after all; it is again
    /// what it was before, so an ended one stays ended.
    /// @param agency The agency.
    /// @param keyId The key: keccak256(abi.encode(x, y)).
    /// @param basis The document this rests on.
    function liftDocumentKeyDistrust(bytes18 agency, bytes32 keyId, string calldata basis) external;

    /// @notice The agency an account may anchor a type for right now, and the type's number in the
    /// catalogue.
    /// @dev Reverts when the account is no operator within its window, its agency is not active, or it is
    /// not entitled to the type now. Made for BatchAnchor: three storage reads.
    /// @param account The account.
    /// @param certificateType The type's code.
    /// @return agency The agency it acts for.
    /// @return typeNumber The type's number in the catalogue.
    function issuerOf(
        address account,
        bytes21 certificateType
    ) external view returns (bytes18 agency, uint32 typeNumber);

    /// @notice Whether an account may act for an agency right now: it is the agency's operator, within its
    /// window, and the agency is active.
    /// @dev Made for StatusRegistry: two storage reads. The name puts it early among the functions' selectors,
    /// which are tried one by one; at its end, where mayChangeStatus is, it would cost 400 gas more.
    /// @param account The account.
    /// @param agency The agency.
    /// @return True when it may.
    function isActiveOperator(address account, bytes18 agency) external view returns (bool);

    /// @notice Whether an account may change the status of what an agency issued: its own operator while
    /// it is valid and the agency active, or an authority over the agency's region. When the agency is
    /// closed, the operators of its successor may; when that is closed too, those of the next, and so on to
    /// the one that is not closed, which must be active.
    /// @param account The account.
    /// @param agency The agency; for an unknown one nobody may.
    /// @return True when it may.
    function mayChangeStatus(address account, bytes18 agency) external view returns (bool);

    /// @notice An agency as it stands now.
    /// @param agency The agency.
    /// @return All zero when it is not in the registry.
    function agencyOf(bytes18 agency) external view returns (Agency memory);

    /// @notice The agency that took over from an agency.
    /// @param agency The agency.
    /// @return 0 when none did.
    function successorOf(bytes18 agency) external view returns (bytes18);

    /// @notice The agency an account serves or served, and its window.
    /// @param account The account.
    /// @return All zero when it never served any.
    function operatorOf(address account) external view returns (Operator memory);

    /// @notice An agency's right to issue a certificate type, as granted or ended last.
    /// @param agency The agency.
    /// @param certificateType The type's code.
    /// @return All zero when it was never granted.
    function entitlementOf(
        bytes18 agency,
        bytes21 certificateType
    ) external view returns (Entitlement memory);

    /// @notice How many changes this contract has recorded; the last event carries this number.
    /// @return The number of the last change.
    function sequence() external view returns (uint64);
}

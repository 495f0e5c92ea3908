// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDirectory} from "./interfaces/IDirectory.sol";

/// @title Where everything is
contract Directory is IDirectory {
    /// @inheritdoc IDirectory
    uint64 public immutable override firstBlock;

    /// @inheritdoc IDirectory
    address public immutable override accessManager;

    /// @inheritdoc IDirectory
    address public immutable override agencyRegistry;

    /// @inheritdoc IDirectory
    address public immutable override certificateCatalog;

    /// @inheritdoc IDirectory
    address public immutable override batchAnchor;

    /// @inheritdoc IDirectory
    address public immutable override statusRegistry;

    /// @inheritdoc IDirectory
    address public immutable override recognitionPolicy;

    /// @inheritdoc IDirectory
    address public immutable override predecessor;

    /// @param accessManager_ Who holds which role.
    /// @param agencyRegistry_ Who may issue what.
    /// @param certificateCatalog_ What certificates there are.
    /// @param batchAnchor_ Which batches exist.
    /// @param statusRegistry_ What has ended.
    /// @param recognitionPolicy_ Which region accepts which certificates.
    /// @param predecessor_ The directory of the version before this one, or 0.
    /// @param firstBlock_ A block that is not later than the deployment's first event.
    constructor(
        address accessManager_,
        address agencyRegistry_,
        address certificateCatalog_,
        address batchAnchor_,
        address statusRegistry_,
        address recognitionPolicy_,
        address predecessor_,
        uint64 firstBlock_
    ) {
        accessManager = accessManager_;
        agencyRegistry = agencyRegistry_;
        certificateCatalog = certificateCatalog_;
        batchAnchor = batchAnchor_;
        statusRegistry = statusRegistry_;
        recognitionPolicy = recognitionPolicy_;
        predecessor = predecessor_;
        firstBlock = firstBlock_;
    }

    /// @inheritdoc IDirectory
    function protocolVersion() external pure override returns (uint16) {
        return 1;
    }
}
